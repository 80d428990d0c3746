package org.panscope.core.capture.quality;

import org.jspecify.annotations.Nullable;
import org.panscope.core.capture.pairing.CapturePairs;
import org.panscope.core.capture.pairing.PairSink;
import org.panscope.core.capture.pairing.PairingReport;
import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// How far a trace can be trusted, from one pass over it. What was lost is not here, as the trace
/// itself says that.
///
/// @param pairing which events found those they belong to
/// @param backwards where time goes backwards
/// @param cpus every CPU events happened on, by number
/// @param notRecorded what a capture does not show; nothing for an emulated run
public record CaptureQuality(
        PairingReport pairing,
        Backwards backwards,
        List<CpuEvents> cpus,
        List<Absence> notRecorded) {
    private static final long PROGRESS_EVERY = 65_536;

    public CaptureQuality {
        cpus = List.copyOf(cpus);
        notRecorded = List.copyOf(notRecorded);
    }

    /// Events with a time before that of the event in front of them.
    ///
    /// @param firstSeq the first of them, or null when there is none
    /// @param largestNs the longest step back
    public record Backwards(long count, @Nullable Long firstSeq, long largestNs) {}

    /// What was recorded on one CPU.
    ///
    /// @param cpu its number, or -1 for events without one
    /// @param firstSeq its first event
    /// @param fromNs time of the first event
    /// @param toNs time of the last event
    public record CpuEvents(int cpu, long events, long firstSeq, long fromNs, long toNs) {}

    /// The quality of a trace.
    public static CaptureQuality of(Trace trace) {
        return of(trace, done -> {});
    }

    /// The quality of a trace.
    ///
    /// @param progress told now and then how many events have been read; may throw to give up
    public static CaptureQuality of(Trace trace, LongConsumer progress) {
        Survey survey = new Survey(trace);
        EventCursor event = trace.cursor(0);
        while (event.next()) {
            survey.see(event);
            if (event.seq() % PROGRESS_EVERY == 0) {
                progress.accept(event.seq());
            }
        }
        progress.accept(trace.eventCount());
        return survey.finish();
    }

    /// The time from which on there are events of every CPU. Each CPU's ring keeps the last part of
    /// a long recording, so that one may begin long after another.
    public long completeFromNs() {
        return cpus.stream().mapToLong(CpuEvents::fromNs).max().orElse(0);
    }

    /// The pass.
    private static final class Survey {
        private final Trace trace;
        private final CapturePairs pairs;
        private final List<@Nullable Consumer<EventCursor>> readers;
        private final List<FieldReader> verbFields = new ArrayList<>();
        private final Set<String> verbs = new TreeSet<>();
        private final Map<Integer, Cpu> cpus = new TreeMap<>();
        private @Nullable Cpu lastCpu;
        private long lastNs = Long.MIN_VALUE;
        private long backwards;
        private @Nullable Long firstBackwards;
        private long largestBackNs;

        Survey(Trace trace) {
            this.trace = trace;
            pairs = new CapturePairs(trace, PairSink.NONE);
            readers = pairs.readers();
            for (EventTypeInfo type : trace.types()) {
                verbFields.add(
                        type.isDynamic() ? new Fields(type).get("verb") : FieldReader.ABSENT);
            }
        }

        void see(EventCursor event) {
            long now = event.timeNs();
            if (now < lastNs) {
                backwards++;
                largestBackNs = Math.max(largestBackNs, lastNs - now);
                if (firstBackwards == null) {
                    firstBackwards = event.seq();
                }
            }
            lastNs = now;
            cpu(event.cpu(), event).see(now);
            FieldReader verb = verbFields.get(event.typeIndex());
            if (verb.index() >= 0) {
                verbs.add(verb.text(event));
            }
            Consumer<EventCursor> reader = readers.get(event.typeIndex());
            if (reader != null) {
                reader.accept(event);
            }
        }

        private Cpu cpu(int number, EventCursor event) {
            Cpu last = lastCpu;
            if (last == null || last.number != number) {
                last = cpus.computeIfAbsent(number, any -> new Cpu(number, event));
                lastCpu = last;
            }
            return last;
        }

        CaptureQuality finish() {
            return new CaptureQuality(
                    pairs.finish(),
                    new Backwards(backwards, firstBackwards, largestBackNs),
                    cpus.values().stream().map(Cpu::finish).toList(),
                    Expectations.notShownBy(trace, verbs));
        }
    }

    /// One CPU during the pass.
    private static final class Cpu {
        final int number;
        private final long firstSeq;
        private long events;
        private long fromNs;
        private long toNs;

        Cpu(int number, EventCursor first) {
            this.number = number;
            firstSeq = first.seq();
            fromNs = first.timeNs();
            toNs = fromNs;
        }

        void see(long timeNs) {
            events++;
            fromNs = Math.min(fromNs, timeNs);
            toNs = Math.max(toNs, timeNs);
        }

        CpuEvents finish() {
            return new CpuEvents(number, events, firstSeq, fromNs, toNs);
        }
    }
}
