package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;

/// Small steps over a line, by index. All tolerate indices at the end of the text.
final class Scan {
    private Scan() {}

    /// The character, or a blank beyond either end: columns end with a blank or the line.
    static char at(String text, int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : ' ';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHexDigit(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /// First index from `from` on that holds no blank.
    static int skipBlanks(String text, int from) {
        int i = from;
        while (i < text.length() && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /// First index from `from` on that holds no decimal digit.
    static int skipDigits(String text, int from) {
        int i = from;
        while (i < text.length() && isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    static int skipHexDigits(String text, int from) {
        int i = from;
        while (i < text.length() && isHexDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /// First index from `from` on that holds a blank, or the end.
    static int skipToken(String text, int from) {
        int i = from;
        while (i < text.length() && !isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /// Last index before `before` that holds no blank, or -1.
    static int skipBlanksBack(String text, int before) {
        int i = before - 1;
        while (i >= 0 && isBlank(text.charAt(i))) {
            i--;
        }
        return i;
    }

    /// The decimal number in `[from, to)`, or null when there is none or it does not fit an int.
    static @Nullable Integer integer(String text, int from, int to) {
        if (to <= from || to - from > 10) {
            return null;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return null;
            }
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value > Integer.MAX_VALUE ? null : (int) value;
    }
}
