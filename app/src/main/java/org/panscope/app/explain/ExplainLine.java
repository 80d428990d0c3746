package org.panscope.app.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.explain.Explanation;
import org.panscope.core.explain.Link;
import org.panscope.core.explain.Verdict;
import org.panscope.core.state.Cursor;
import org.panscope.trace.io.Trace;

import java.util.ArrayList;
import java.util.List;

/// A line of the panel: a link of the chain, or what would help.
///
/// @param depth how many forks it lies behind
/// @param mark what it comes to, in a word or an arrow; empty for the first link and for remedies
/// @param text the sentence
/// @param verdict what the link comes to
/// @param seq event that proves it, or null
/// @param place its cursor, empty when there is none
public record ExplainLine(
        int depth, String mark, String text, Verdict verdict, @Nullable Long seq, String place) {

    /// The lines of an explanation.
    static List<ExplainLine> of(Explanation explanation, Trace trace) {
        List<ExplainLine> lines = new ArrayList<>();
        add(explanation.root(), trace, 0, lines);
        return lines;
    }

    private static void add(Link link, Trace trace, int depth, List<ExplainLine> lines) {
        boolean hasEvent = link.event() >= 0;
        lines.add(
                new ExplainLine(
                        depth,
                        mark(link.verdict(), lines.isEmpty()),
                        link.text(),
                        link.verdict(),
                        hasEvent ? Long.valueOf(link.event()) : null,
                        hasEvent ? Cursor.of(trace, link.event() + 1).toString() : ""));
        String remedy = link.remedy();
        if (remedy != null) {
            lines.add(new ExplainLine(depth, "Remedy", remedy, Verdict.WAITING, null, ""));
        }
        int below = link.children().size() > 1 ? depth + 1 : depth;
        link.children().forEach(child -> add(child, trace, below, lines));
    }

    private static String mark(Verdict verdict, boolean isFirst) {
        return switch (verdict) {
            case ROOT_CAUSE -> "Root cause";
            case UNKNOWN -> "Unknown";
            case RUNNING -> "Running";
            case DONE -> "Done";
            case WAITING -> isFirst ? "" : "→";
        };
    }

    /// All of it, for screen readers and the clipboard.
    public String sentence() {
        return (mark.isEmpty() || mark.equals("→") ? "" : mark + ": ")
                + text
                + (place.isEmpty() ? "" : " [" + place + "]");
    }
}
