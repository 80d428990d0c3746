package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The arrangement of the options `latency-format` and `verbose`: `comm pid cpu flags preempt-count
/// index [time] ms.us (+ms.us): `. The bracketed time is the clock in microseconds, or in its own
/// ticks where it does not count ns (kernel/trace/trace_output.c: lat_print_timestamp).
final class VerboseLayout implements LineLayout {
    private static final Pattern HEAD =
            Pattern.compile(
                    "\\s*(\\S.{0,63}?) +(\\d{1,9}) +(\\d{1,4}) (\\d{1,3}) [0-9a-f]{8}"
                        + " [0-9a-f]{8,16} \\[([0-9a-f]{8,16})] (\\d{1,12}\\.\\d{3}ms|\\d{1,19})"
                        + " \\(\\+[0-9.ms]{1,24}\\): ");

    @Override
    public @Nullable LineHead parse(String line) {
        if (!line.contains(" (+")) {
            return null;
        }
        Matcher head = HEAD.matcher(line);
        if (!head.lookingAt()) {
            return null;
        }
        boolean micros = head.group(6).endsWith("ms");
        long time = Long.parseUnsignedLong(head.group(5), 16);
        if (time < 0 || (micros && time > Long.MAX_VALUE / 1000)) {
            return null;
        }
        String comm = head.group(1);
        return new LineHead(
                null,
                comm.equals("<...>") ? null : comm,
                Integer.parseInt(head.group(2)),
                null,
                Integer.parseInt(head.group(3)),
                FlagsColumn.contextOfBits(Long.parseLong(head.group(4))),
                micros ? time * 1000 : time,
                micros ? TimeForm.MICROSECONDS : TimeForm.INTEGER,
                head.end());
    }
}
