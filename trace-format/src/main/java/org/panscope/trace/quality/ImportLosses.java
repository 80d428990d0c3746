package org.panscope.trace.quality;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.TraceWriter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an import did not understand: told to the trace one by one up to a limit for each reason,
/// and counted from there on, so that a file of nothing but damage stays cheap. Kept aside until
/// there is a trace to tell.
public final class ImportLosses {
    private static final int MOST_TOLD = 1000;

    private final String source;
    private final List<Loss> waiting = new ArrayList<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private @Nullable TraceWriter writer;
    private long reported;

    /// @param source name of the file, with which every message begins
    public ImportLosses(String source) {
        this.source = source;
    }

    /// From now on losses go into the trace; those so far come first.
    public void attach(TraceWriter trace) throws IOException {
        writer = trace;
        flush();
    }

    /// Number of losses told so far.
    public long reported() {
        return reported;
    }

    /// Something at a place of a binary file, or of a text without lines.
    public void atOffset(String reason, String what, @Nullable Long count, long offset)
            throws IOException {
        add(reason, ": offset " + offset + ": " + what, count, null, offset);
    }

    /// Something in a line of a text, counted from 1.
    public void atLine(String reason, String what, @Nullable Long count, long line)
            throws IOException {
        add(reason, ":" + line + ": " + what, count, line, null);
    }

    /// Something without a place.
    public void lost(String reason, String what, @Nullable Long count) throws IOException {
        add(reason, ": " + what, count, null, null);
    }

    /// Tells of what was only counted.
    public void finish() throws IOException {
        for (var entry : counts.entrySet()) {
            long untold = entry.getValue() - MOST_TOLD;
            if (untold > 0) {
                String what = ": " + untold + " more of the kind `" + entry.getKey() + "`";
                long before = writer == null ? 0 : writer.eventCount();
                waiting.add(
                        new Loss(entry.getKey(), source + what, untold, null, null, null, before));
                reported++;
            }
        }
        counts.clear();
        flush();
    }

    private void add(
            String reason,
            String what,
            @Nullable Long count,
            @Nullable Long line,
            @Nullable Long offset)
            throws IOException {
        if (counts.merge(reason, 1L, Long::sum) <= MOST_TOLD) {
            long before = writer == null ? 0 : writer.eventCount();
            waiting.add(new Loss(reason, source + what, count, null, line, offset, before));
            reported++;
            flush();
        }
    }

    private void flush() throws IOException {
        TraceWriter trace = writer;
        if (trace != null) {
            for (Loss loss : waiting) {
                trace.loss(loss);
            }
            waiting.clear();
        }
    }
}
