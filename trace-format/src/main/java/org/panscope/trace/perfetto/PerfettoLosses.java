package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.quality.Loss;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is missing: told to the trace one by one up to a limit for each reason, and counted from
/// there on.
final class PerfettoLosses {
    private static final int MOST_TOLD = 1000;

    private final String source;
    private final List<Loss> waiting = new ArrayList<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private @Nullable TraceWriter writer;
    private long reported;

    PerfettoLosses(String source) {
        this.source = source;
    }

    void attach(TraceWriter trace) {
        writer = trace;
    }

    long reported() {
        return reported;
    }

    /// A loss at no place in the file.
    void lost(String reason, String what, @Nullable Long count) {
        lost(reason, what, count, null, null);
    }

    /// A loss at a place.
    ///
    /// @param offset where in the file, or null
    void lost(
            String reason,
            String what,
            @Nullable Long count,
            @Nullable Integer cpu,
            @Nullable Long offset) {
        long before = writer == null ? 0 : writer.eventCount();
        if (counts.merge(reason, 1L, Long::sum) <= MOST_TOLD) {
            String place = offset == null ? "" : ": offset 0x" + Long.toHexString(offset);
            waiting.add(
                    new Loss(
                            reason,
                            source + place + ": " + what,
                            count,
                            cpu,
                            null,
                            offset,
                            before));
            reported++;
        }
    }

    /// A loss that another trace told of.
    void pass(Loss loss) {
        waiting.add(loss);
        reported++;
    }

    /// Hands over what came up since the last time.
    void flush() throws IOException {
        TraceWriter trace = writer;
        if (trace != null && !waiting.isEmpty()) {
            for (Loss loss : waiting) {
                trace.loss(loss);
            }
            waiting.clear();
        }
    }

    /// Tells of what was only counted.
    void finish() throws IOException {
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
