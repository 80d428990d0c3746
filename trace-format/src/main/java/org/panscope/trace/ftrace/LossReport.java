package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.quality.Loss;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Where losses go: into the trace, or aside until there is one. Damaged lines are told one by one
/// up to a limit and counted from there on, so that a file of nothing but damage stays cheap.
final class LossReport {
    private static final int MAX_LINES_TOLD = 1000;
    private static final int MAX_EXCERPT = 60;
    private static final int MAX_EARLY = 10_000;

    private final String source;
    private final List<Loss> early = new ArrayList<>();
    private @Nullable TraceWriter writer;
    private long reported;
    private long damagedLines;
    private long firstUntold;

    LossReport(String source) {
        this.source = source;
    }

    /// From now on losses go into the trace; those so far come first.
    void attach(TraceWriter trace) throws IOException {
        writer = trace;
        for (Loss loss : early) {
            trace.loss(loss);
        }
        early.clear();
    }

    /// Whether so many losses wait for a trace that it should be opened without an event.
    boolean isFull() {
        return early.size() >= MAX_EARLY;
    }

    /// Number of losses reported so far.
    long reported() {
        return reported;
    }

    /// A line that could not be understood.
    void damaged(long line, long offset, String text, String why) throws IOException {
        damagedLines++;
        if (damagedLines <= MAX_LINES_TOLD) {
            String excerpt =
                    text.length() > MAX_EXCERPT ? text.substring(0, MAX_EXCERPT) + "…" : text;
            report("unparsed-line", why + ": `" + excerpt + "`", 1L, null, line, offset);
        } else if (firstUntold == 0) {
            firstUntold = line;
        }
    }

    void report(
            String reason,
            String what,
            @Nullable Long count,
            @Nullable Integer cpu,
            @Nullable Long line,
            @Nullable Long offset)
            throws IOException {
        String message = source + (line == null ? "" : ":" + line) + ": " + what;
        long before = writer == null ? 0 : writer.eventCount();
        Loss loss = new Loss(reason, message, count, cpu, line, offset, before);
        reported++;
        if (writer == null) {
            early.add(loss);
        } else {
            writer.loss(loss);
        }
    }

    /// Tells how many damaged lines were not told of.
    void finish() throws IOException {
        long untold = damagedLines - MAX_LINES_TOLD;
        if (untold > 0) {
            report(
                    "unparsed-line",
                    "from here on, " + untold + " more lines could not be understood",
                    untold,
                    null,
                    firstUntold,
                    null);
        }
    }
}
