package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;

/// Lengths of time as people write them: `250ns`, `20us`, `5ms`, `2s`; whole numbers only.
final class Durations {
    private static final long LONGEST_NS = Long.MAX_VALUE / 4;

    private Durations() {}

    /// Nanoseconds, or null when the text is no duration or longer than two billion seconds.
    static @Nullable Long parse(String text) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        long unit =
                switch (text.substring(digits).strip()) {
                    case "ns" -> 1L;
                    case "us" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    default -> 0L;
                };
        if (digits == 0 || digits > 18 || unit == 0) {
            return null;
        }
        long count = Long.parseLong(text.substring(0, digits));
        return count > LONGEST_NS / unit ? null : (Long) (count * unit);
    }
}
