package org.panscope.trace.chrome;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Microseconds written in decimal, as nanoseconds. Never by way of a `double`, which has no room
/// for the nanoseconds of a clock that has run for some months.
final class DecimalTime {
    private static final int MOST_DIGITS = 100;
    private static final int FAST_DIGITS = 18;

    /// Times further from zero than this, in ns, are not taken: differences of two must fit.
    private static final long FURTHEST_NS = 1L << 61;

    private DecimalTime() {}

    /// The nanoseconds, rounded half up, or null when the text is no number or far too large.
    static @Nullable Long nanos(String text) {
        Long fast = plain(text);
        if (fast != null) {
            return fast;
        }
        if (text.isEmpty() || text.length() > MOST_DIGITS || exponentIsHuge(text)) {
            return null;
        }
        try {
            long ns =
                    new BigDecimal(text)
                            .movePointRight(3)
                            .setScale(0, RoundingMode.HALF_UP)
                            .longValueExact();
            return ns > FURTHEST_NS || ns < -FURTHEST_NS ? null : Long.valueOf(ns);
        } catch (NumberFormatException | ArithmeticException e) {
            return null;
        }
    }

    /// Digits, or digits, a point and up to three more; null for everything else.
    private static @Nullable Long plain(String text) {
        long value = 0;
        int fraction = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && fraction < 0 && i > 0) {
                fraction = 0;
            } else if (c >= '0' && c <= '9' && i < FAST_DIGITS && fraction < 3) {
                value = value * 10 + (c - '0');
                fraction += fraction < 0 ? 0 : 1;
            } else {
                return null;
            }
        }
        for (int digits = Math.max(fraction, 0); digits < 3; digits++) {
            value = value > FURTHEST_NS / 10 ? FURTHEST_NS + 1 : value * 10;
        }
        return text.isEmpty() || value > FURTHEST_NS ? null : Long.valueOf(value);
    }

    /// Arithmetic with `1e999999999` would take for ever.
    private static boolean exponentIsHuge(String text) {
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        return e >= 0 && text.length() - e > 5;
    }
}
