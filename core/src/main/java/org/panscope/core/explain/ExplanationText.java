package org.panscope.core.explain;

import org.panscope.core.state.Cursor;
import org.panscope.trace.io.Trace;

import java.util.List;

/// An explanation as text: one link a line, each with the cursor of the event that proves it; forks
/// are indented.
///
/// ```
/// fence:9:2 at @7000000000ns#612
///
///     fence:9:2 is not signalled: it is the finished fence of xgs-job:2.  [@337800ns#320]
///  -> xgs-job:2 waits at operation 0, ...
///  => ROOT CAUSE: ...
///     Remedy: ...
/// ```
public final class ExplanationText {
    private final Trace trace;
    private final StringBuilder text = new StringBuilder();

    private ExplanationText(Trace trace) {
        this.trace = trace;
    }

    /// The whole text, with a newline at the end of each line.
    public static String of(Explanation explanation, Trace trace) {
        ExplanationText printer = new ExplanationText(trace);
        printer.text
                .append(explanation.subject())
                .append(" at ")
                .append(explanation.at())
                .append("\n\n");
        printer.link(explanation.root(), "", true);
        return printer.text.toString();
    }

    private void link(Link link, String indent, boolean isFirst) {
        String arrow =
                switch (link.verdict()) {
                    case ROOT_CAUSE -> " => ROOT CAUSE: ";
                    case UNKNOWN -> " ?? UNKNOWN: ";
                    case RUNNING -> isFirst ? "    RUNNING: " : " -> RUNNING: ";
                    case DONE -> isFirst ? "    DONE: " : " -> DONE: ";
                    case WAITING -> isFirst ? "    " : " -> ";
                };
        text.append(indent).append(arrow).append(link.text());
        if (link.event() >= 0) {
            text.append("  [").append(Cursor.of(trace, link.event() + 1)).append(']');
        }
        text.append('\n');
        if (link.remedy() != null) {
            text.append(indent).append("    Remedy: ").append(link.remedy()).append('\n');
        }
        List<Link> children = link.children();
        for (Link child : children) {
            link(child, children.size() > 1 ? indent + "    " : indent, false);
        }
    }
}
