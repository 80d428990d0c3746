package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;

/// The flags column and the time behind it. The column is absent without the option `irq-info`, has
/// 4 to 6 characters by the age of the kernel, and touches the time where a clock is printed as a
/// bare number: `...1.114437870895:` is the flags `...1.` and the time 114437870895.
///
/// @param context what the third flag says, see [LineHead#context()]; null without flags
/// @param time the time that follows
record FlagsColumn(@Nullable String context, TimeColumn time) {
    private static final int[] GLUED_WIDTHS = {5, 4, 6};
    private static final int MAX_WIDTH = 8;

    /// The kernel pads numbers to 12 with blanks, so shorter ones do not touch the flags; other
    /// writers may pad less.
    private static final int[] MIN_GLUED_DIGITS = {12, 9};

    /// The columns behind the CPU, or null when they are none.
    static @Nullable FlagsColumn parse(String line, int from) {
        if (line.startsWith("-0x", from)) {
            return parseRaw(line, from + 3);
        }
        int start = Scan.skipBlanks(line, from);
        if (Scan.isDigit(Scan.at(line, start))) {
            TimeColumn time = TimeColumn.parse(line, start);
            return time == null ? null : new FlagsColumn(null, time);
        }
        int end = Scan.skipToken(line, start);
        if (end - start >= 4 && end - start <= MAX_WIDTH && areFlags(line, start, end)) {
            TimeColumn time = TimeColumn.parse(line, Scan.skipBlanks(line, end));
            return time == null ? null : new FlagsColumn(context(line, start), time);
        }
        for (int digits : MIN_GLUED_DIGITS) {
            FlagsColumn glued = parseGlued(line, start, end, digits);
            if (glued != null) {
                return glued;
            }
        }
        return null;
    }

    private static @Nullable FlagsColumn parseGlued(
            String line, int start, int end, int minDigits) {
        for (int width : GLUED_WIDTHS) {
            int split = start + width;
            if (split < end
                    && areFlags(line, start, split)
                    && Scan.skipDigits(line, split) - split >= minDigits) {
                TimeColumn time = TimeColumn.parse(line, split);
                if (time != null && time.form() == TimeForm.INTEGER) {
                    return new FlagsColumn(context(line, start), time);
                }
            }
        }
        return null;
    }

    /// The word for a flags byte as the ring buffer holds it (kernel/trace/trace.h, enum
    /// trace_flag_type).
    static String contextOfBits(long bits) {
        if ((bits & 0x40) != 0) {
            return "nmi";
        }
        if ((bits & 0x08) != 0) {
            return "hardirq";
        }
        return (bits & 0x10) != 0 ? "softirq" : "task";
    }

    /// `trace-cmd report -R` glues the flags to the CPU as `-0x1`.
    private static @Nullable FlagsColumn parseRaw(String line, int from) {
        int end = Scan.skipHexDigits(line, from);
        if (end == from || end - from > 8 || !Scan.isBlank(Scan.at(line, end))) {
            return null;
        }
        TimeColumn time = TimeColumn.parse(line, Scan.skipBlanks(line, end));
        return time == null
                ? null
                : new FlagsColumn(contextOfBits(Long.parseLong(line, from, end, 16)), time);
    }

    private static boolean areFlags(String line, int from, int to) {
        if (Scan.isDigit(line.charAt(from))) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = line.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !Scan.isDigit(c) && c != '.' && c != '#') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String context(String line, int flags) {
        return switch (line.charAt(flags + 2)) {
            case 'Z', 'z' -> "nmi";
            case 'H', 'h' -> "hardirq";
            case 's' -> "softirq";
            case '.' -> "task";
            default -> null;
        };
    }
}
