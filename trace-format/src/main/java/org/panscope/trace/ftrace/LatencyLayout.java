package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;

/// The arrangement of the option `latency-format` and of `trace-cmd report -l`: names cut to 8, and
/// the CPU touching its flags: `umd-clie-146 1dNh1. 12us+: `. The kernel's times are relative to
/// the start of its buffer here.
final class LatencyLayout implements LineLayout {
    private static final int COMM_WIDTH = 8;
    private static final int MAX_CPU_DIGITS = 3;

    @Override
    public @Nullable LineHead parse(String line) {
        for (int dash = line.indexOf('-'); dash > 0; dash = line.indexOf('-', dash + 1)) {
            int pidEnd = Scan.skipDigits(line, dash + 1);
            if (pidEnd > dash + 1 && Scan.isBlank(Scan.at(line, pidEnd))) {
                LineHead head = parseBehind(line, pidEnd);
                if (head != null) {
                    return head;
                }
            }
        }
        return null;
    }

    private static @Nullable LineHead parseBehind(String line, int pidEnd) {
        int cpuFrom = Scan.skipBlanks(line, pidEnd);
        int cpuEnd = Scan.skipDigits(line, cpuFrom);
        Integer cpu = Scan.integer(line, cpuFrom, cpuEnd);
        if (cpu == null
                || cpuEnd - cpuFrom > MAX_CPU_DIGITS
                || Scan.isBlank(Scan.at(line, cpuEnd))) {
            return null;
        }
        TaskColumn task = TaskColumn.endingAt(line, pidEnd - 1, COMM_WIDTH);
        FlagsColumn flags = FlagsColumn.parse(line, cpuEnd);
        return task == null || flags == null || flags.context() == null
                ? null
                : new LineHead(
                        task.instance(),
                        task.comm(),
                        task.pid(),
                        null,
                        cpu,
                        flags.context(),
                        flags.time().timeNs(),
                        flags.time().form(),
                        flags.time().end());
    }
}
