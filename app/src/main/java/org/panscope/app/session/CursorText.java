package org.panscope.app.session;

import org.panscope.trace.io.Trace;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cursors as text: `@1250000ns#483` is the state after 483 events, the last of them at 1,250,000
/// ns. The number of events decides; the time is there for the reader.
final class CursorText {
    private static final Pattern FULL = Pattern.compile("@?(-?\\d{1,19})ns#(\\d{1,18})");
    private static final Pattern POSITION = Pattern.compile("#?(\\d{1,18})");
    private static final Pattern TIME =
            Pattern.compile("@?(-?\\d{1,19}(?:\\.\\d{1,9})?) ?(ns|us|µs|ms|s)");

    private CursorText() {}

    static String print(Trace trace, long position) {
        long timeNs = position == 0 ? 0 : trace.timeNs(position - 1);
        return "@" + timeNs + "ns#" + position;
    }

    static long parse(String text, Trace trace) {
        String typed = text.strip();
        Matcher full = FULL.matcher(typed);
        Matcher position = POSITION.matcher(typed);
        if (full.matches() || position.matches()) {
            long target = Long.parseLong(full.matches() ? full.group(2) : position.group(1));
            if (target > trace.eventCount()) {
                throw new IllegalArgumentException(
                        "#"
                                + target
                                + " is beyond the end: the trace has "
                                + trace.eventCount()
                                + " events");
            }
            return target;
        }
        Matcher time = TIME.matcher(typed);
        if (time.matches()) {
            return upToAndIncluding(trace, nanoseconds(time.group(1), time.group(2)));
        }
        throw new IllegalArgumentException(
                "'"
                        + typed
                        + "' is no cursor; write @1250000ns#483, #483 or a time such as 1.25ms");
    }

    /// Position after every event at or before a time.
    private static long upToAndIncluding(Trace trace, long timeNs) {
        return timeNs == Long.MAX_VALUE ? trace.eventCount() : trace.firstAtOrAfter(timeNs + 1);
    }

    private static long nanoseconds(String number, String unit) {
        long worth =
                switch (unit) {
                    case "ns" -> 1L;
                    case "us", "µs" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    default -> 1_000_000_000L;
                };
        BigDecimal exact = new BigDecimal(number).multiply(BigDecimal.valueOf(worth));
        return exact.max(BigDecimal.valueOf(Long.MIN_VALUE))
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
    }
}
