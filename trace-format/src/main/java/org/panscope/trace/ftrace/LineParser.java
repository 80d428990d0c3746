package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.TextLine.BlankLine;
import org.panscope.trace.ftrace.TextLine.EventLine;
import org.panscope.trace.ftrace.TextLine.HeaderLine;
import org.panscope.trace.ftrace.TextLine.LostLine;
import org.panscope.trace.ftrace.TextLine.NoteLine;
import org.panscope.trace.ftrace.TextLine.OtherLine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells what each line is. The arrangement of columns that fitted last is tried first; files do
/// not mix them, but are not trusted not to.
final class LineParser {
    private static final Pattern BUFFER_STARTED =
            Pattern.compile("#+ CPU (\\d{1,9}) buffer started #+");
    private static final Pattern LOST =
            Pattern.compile(
                    "(?:\\S{1,64}:)?\\s*CPU:(\\d{1,9}) \\[(?:LOST )?(?:(\\d{1,18}) )?EVENTS(?:"
                            + " DROPPED)?]");
    private static final Pattern CPU_NOTE = Pattern.compile("CPU:\\d{1,9} \\[SUBBUFFER START].*");
    private static final Pattern FILE_FACT =
            Pattern.compile("(cpus|version|file)\\s*=\\s*\\S.*|\\S{1,512}\\.dat:?");

    private final List<LineLayout> layouts =
            new ArrayList<>(List.of(new DefaultLayout(), new LatencyLayout(), new VerboseLayout()));
    private boolean withoutHeads;

    /// From now on every line is `event: payload`, as under the option `nocontext-info`.
    void expectNoHeads() {
        withoutHeads = true;
    }

    TextLine parse(String line) {
        String stripped = line.strip();
        if (stripped.isEmpty()) {
            return new BlankLine();
        }
        if (stripped.startsWith("#")) {
            Matcher started = BUFFER_STARTED.matcher(stripped);
            return started.matches()
                    ? lost("buffer-started", started.group(1), null, stripped)
                    : new HeaderLine(stripped);
        }
        LineHead head = head(line);
        if (head != null) {
            return new EventLine(head, EventText.parse(line, head.end()));
        }
        Matcher lost = LOST.matcher(stripped);
        if (lost.matches()) {
            return lost("ring-overrun", lost.group(1), lost.group(2), stripped);
        }
        if (CPU_NOTE.matcher(stripped).matches()) {
            return new NoteLine();
        }
        if (FILE_FACT.matcher(stripped).matches()) {
            return new HeaderLine(stripped);
        }
        EventText bare = withoutHeads ? EventText.parseNamed(line, 0) : null;
        return bare != null
                ? new EventLine(LineHead.MISSING, bare)
                : new OtherLine(line, "no `task-pid [cpu] time:` before an event");
    }

    private @Nullable LineHead head(String line) {
        for (int i = 0; i < layouts.size(); i++) {
            LineHead head = layouts.get(i).parse(line);
            if (head != null) {
                if (i > 0) {
                    layouts.addFirst(layouts.remove(i));
                }
                return head;
            }
        }
        return null;
    }

    private static LostLine lost(String reason, String cpu, @Nullable String count, String text) {
        return new LostLine(
                reason,
                Scan.integer(cpu, 0, cpu.length()),
                count == null ? null : Long.valueOf(count),
                text);
    }
}
