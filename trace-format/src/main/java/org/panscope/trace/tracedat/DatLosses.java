package org.panscope.trace.tracedat;

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
final class DatLosses implements CpuRecords.Losses {
    private static final int MOST_TOLD = 1000;

    private final String source;
    private final List<Loss> waiting = new ArrayList<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private @Nullable TraceWriter writer;
    private long reported;

    DatLosses(String source) {
        this.source = source;
    }

    void attach(TraceWriter trace) {
        writer = trace;
    }

    long reported() {
        return reported;
    }

    @Override
    public void lost(String reason, String what, @Nullable Long count, int cpu, long offset) {
        add(reason, what, count, cpu < 0 ? null : (Integer) cpu, offset < 0 ? null : (Long) offset);
    }

    /// A loss without a place.
    void lost(String reason, String what, @Nullable Long count) {
        add(reason, what, count, null, null);
    }

    private void add(
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
