package org.panscope.core.capture.pairing;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// How many events of a capture found the event they belong to, for each kind of interval that
/// occurs. Kinds of which the trace holds no event are left out.
///
/// @param kinds in the order of [PairKind]
public record PairingReport(List<Count> kinds) {
    private static final long PROGRESS_EVERY = 65_536;

    public PairingReport {
        kinds = List.copyOf(kinds);
    }

    /// One kind of interval.
    ///
    /// @param paired intervals with both ends
    /// @param openAtEnd begun, and not over when the trace ends
    /// @param withoutEnd begun, then begun anew or destroyed, with no end in between
    /// @param withoutBegin ended, with no beginning in the trace
    /// @param unknown one end seen only, where nothing can be said: events had been lost, the other
    ///   end lies before the recording, or its event was not recorded at all
    /// @param firstUnpaired the first event without the other end (one that was not unknown, where
    ///   there is one), or null
    /// @param beginsRecorded whether the trace holds an event that begins such an interval
    /// @param endsRecorded whether it holds one that ends it
    public record Count(
            PairKind kind,
            long paired,
            long openAtEnd,
            long withoutEnd,
            long withoutBegin,
            long unknown,
            @Nullable Long firstUnpaired,
            boolean beginsRecorded,
            boolean endsRecorded) {

        /// Events whose other end is not in the trace.
        public long unpaired() {
            return openAtEnd + withoutEnd + withoutBegin + unknown;
        }
    }

    /// The report of a trace, from one pass over it.
    public static PairingReport of(Trace trace) {
        return of(trace, done -> {});
    }

    /// The report of a trace, from one pass over it.
    ///
    /// @param progress told now and then how many events have been read
    public static PairingReport of(Trace trace, LongConsumer progress) {
        CapturePairs pairs = new CapturePairs(trace, PairSink.NONE);
        List<@Nullable Consumer<EventCursor>> readers = pairs.readers();
        EventCursor event = trace.cursor(0);
        while (event.next()) {
            Consumer<EventCursor> reader = readers.get(event.typeIndex());
            if (reader != null) {
                reader.accept(event);
            }
            if (event.seq() % PROGRESS_EVERY == 0) {
                progress.accept(event.seq());
            }
        }
        progress.accept(trace.eventCount());
        return pairs.finish();
    }

    /// Events of all kinds whose other end is not in the trace.
    public long unpaired() {
        return kinds.stream().mapToLong(Count::unpaired).sum();
    }

    /// The count of one kind, or null when the trace has nothing of it.
    public @Nullable Count of(PairKind kind) {
        for (Count count : kinds) {
            if (count.kind() == kind) {
                return count;
            }
        }
        return null;
    }
}
