package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;

/// The time column, with its colon: `17.553003:`, `114437870895:`, `0x1a2b:`, ` 12us+:`, and the
/// difference `(+5)` that `trace-cmd report --ts-diff` may put before or after the colon. Exact:
/// nothing is rounded.
///
/// @param timeNs the time, in ns
/// @param form how it was written
/// @param end index behind the colon
record TimeColumn(long timeNs, TimeForm form, int end) {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int MAX_FRACTION_DIGITS = 9;

    /// The column that begins at `from`, or null when none does.
    static @Nullable TimeColumn parse(String line, int from) {
        if (line.startsWith("0x", from)) {
            int end = Scan.skipHexDigits(line, from + 2);
            Long ticks = parseLong(line, from + 2, end, 16);
            return ticks == null ? null : closed(line, end, ticks, TimeForm.INTEGER);
        }
        int point = Scan.skipDigits(line, from);
        Long whole = parseLong(line, from, point, 10);
        if (whole == null) {
            return null;
        }
        if (Scan.at(line, point) == '.') {
            return seconds(line, whole, point + 1);
        }
        if (line.startsWith("us", point)) {
            return relative(line, whole, point + 2);
        }
        return closed(line, point, whole, TimeForm.INTEGER);
    }

    private static @Nullable TimeColumn seconds(String line, long seconds, int from) {
        int end = Scan.skipDigits(line, from);
        int digits = end - from;
        if (digits < 1 || digits > MAX_FRACTION_DIGITS) {
            return null;
        }
        long fraction = 0;
        for (int i = 0; i < MAX_FRACTION_DIGITS; i++) {
            fraction = fraction * 10 + (i < digits ? line.charAt(from + i) - '0' : 0);
        }
        if (seconds > (Long.MAX_VALUE - fraction) / NS_PER_SECOND) {
            return null;
        }
        TimeForm form = digits > 6 ? TimeForm.NANOSECONDS : TimeForm.MICROSECONDS;
        return closed(line, end, seconds * NS_PER_SECOND + fraction, form);
    }

    /// Microseconds of the latency format, with the mark that tells how long the next event takes.
    private static @Nullable TimeColumn relative(String line, long micros, int from) {
        int end = " +!#*@$".indexOf(Scan.at(line, from)) >= 0 ? from + 1 : from;
        return micros > Long.MAX_VALUE / 1000
                ? null
                : closed(line, end, micros * 1000, TimeForm.RELATIVE);
    }

    private static @Nullable TimeColumn closed(String line, int from, long timeNs, TimeForm form) {
        int colon = skipDifference(line, from);
        if (Scan.at(line, colon) != ':' || !Scan.isBlank(Scan.at(line, colon + 1))) {
            return null;
        }
        return new TimeColumn(timeNs, form, skipDifference(line, colon + 1));
    }

    /// Behind blanks and `(+5)`, or `from` when there is none.
    private static int skipDifference(String line, int from) {
        int open = Scan.skipBlanks(line, from);
        if (!line.startsWith("(+", open)) {
            return from;
        }
        int close = Scan.skipDigits(line, open + 2);
        return close > open + 2 && Scan.at(line, close) == ')' ? close + 1 : from;
    }

    private static @Nullable Long parseLong(String line, int from, int to, int radix) {
        if (to <= from || to - from > 19) {
            return null;
        }
        try {
            return Long.parseLong(line, from, to, radix);
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }
}
