package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;

/// The usual arrangement of the kernel and of `trace-cmd report`: `comm-pid [(tgid)] [cpu] [flags]
/// time:`. The CPU in brackets is the anchor, since a thread's name may hold anything; the leftmost
/// place where all columns fit is taken, since a payload may hold anything too.
final class DefaultLayout implements LineLayout {
    /// Threads' names are padded to this, and never longer.
    private static final int COMM_WIDTH = 16;

    private static final int MIN_CPU_DIGITS = 3;

    @Override
    public @Nullable LineHead parse(String line) {
        for (int open = line.indexOf('['); open > 0; open = line.indexOf('[', open + 1)) {
            LineHead head = parseAround(line, open);
            if (head != null) {
                return head;
            }
        }
        return null;
    }

    private static @Nullable LineHead parseAround(String line, int open) {
        int close = Scan.skipDigits(line, open + 1);
        Integer cpu = Scan.integer(line, open + 1, close);
        if (cpu == null
                || close - open - 1 < MIN_CPU_DIGITS
                || Scan.at(line, close) != ']'
                || !Scan.isBlank(line.charAt(open - 1))) {
            return null;
        }
        int last = Scan.skipBlanksBack(line, open);
        Integer tgid = null;
        if (last >= 0 && line.charAt(last) == ')') {
            int bracket = line.lastIndexOf('(', last);
            if (bracket < 1 || !Scan.isBlank(line.charAt(bracket - 1))) {
                return null;
            }
            String process = line.substring(bracket + 1, last).strip();
            tgid = Scan.integer(process, 0, process.length());
            if (tgid == null && !process.matches("-+")) {
                return null;
            }
            last = Scan.skipBlanksBack(line, bracket);
        }
        TaskColumn task = TaskColumn.endingAt(line, last, COMM_WIDTH);
        if (task == null) {
            return null;
        }
        FlagsColumn flags = FlagsColumn.parse(line, close + 1);
        return flags == null
                ? null
                : new LineHead(
                        task.instance(),
                        task.comm(),
                        task.pid(),
                        tgid,
                        cpu,
                        flags.context(),
                        flags.time().timeNs(),
                        flags.time().form(),
                        flags.time().end());
    }
}
