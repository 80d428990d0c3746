package org.panscope.trace.quality;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.TraceWriter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a binary capture lacks, found out while events are decoded and handed over between them:
/// told to the trace one by one up to a limit for each reason, and counted from there on.
public final class DeferredLosses {
    private static final int MOST_TOLD = 1000;

    private final String source;
    private final List<Loss> waiting = new ArrayList<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private @Nullable TraceWriter writer;
    private long reported;

    /// @param source name of the file, with which every message begins
    public DeferredLosses(String source) {
        this.source = source;
    }

    /// The trace to tell from now on.
    public void attach(TraceWriter trace) {
        writer = trace;
    }

    /// Number of losses told so far.
    public long reported() {
        return reported;
    }

    /// A loss at no place in the file.
    public void lost(String reason, String what, @Nullable Long count) {
        lost(reason, what, count, null, null);
    }

    /// A loss at a place.
    ///
    /// @param what one sentence; of an exception that names the file, its message as it is
    /// @param offset where in the file, or null
    public void lost(
            String reason,
            String what,
            @Nullable Long count,
            @Nullable Integer cpu,
            @Nullable Long offset) {
        long before = writer == null ? 0 : writer.eventCount();
        if (counts.merge(reason, 1L, Long::sum) <= MOST_TOLD) {
            String place = offset == null ? "" : ": offset 0x" + Long.toHexString(offset);
            String message = what.startsWith(source) ? what : source + place + ": " + what;
            waiting.add(new Loss(reason, message, count, cpu, null, offset, before));
            reported++;
        }
    }

    /// A loss that another trace told of.
    public void pass(Loss loss) {
        waiting.add(loss);
        reported++;
    }

    /// Hands over what came up since the last time.
    public void flush() throws IOException {
        TraceWriter trace = writer;
        if (trace != null && !waiting.isEmpty()) {
            for (Loss loss : waiting) {
                trace.loss(loss);
            }
            waiting.clear();
        }
    }

    /// Tells of what was only counted.
    public void finish() throws IOException {
        counts.forEach((reason, count) -> {
            if (count > MOST_TOLD) {
                long before = writer == null ? 0 : writer.eventCount();
                String message =
                        source + ": " + (count - MOST_TOLD) + " more of the kind `" + reason + "`";
                waiting.add(new Loss(reason, message, null, null, null, null, before));
                reported++;
            }
        });
        flush();
    }
}
