package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// A text column in which few strings come again and again, mostly as the same objects: the numbers
/// of the last of them are at hand without a look into the table.
final class RepeatedText {
    private static final int REMEMBERED = 8;

    private final StringTable strings;
    private final @Nullable String[] texts = new @Nullable String[REMEMBERED];
    private final int[] numbers = new int[REMEMBERED];
    private int oldest;

    RepeatedText(StringTable strings) {
        this.strings = strings;
    }

    /// Number of a string in the table, 0 when absent.
    int number(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        for (int i = 0; i < REMEMBERED; i++) {
            if (isSame(text, texts[i])) {
                return numbers[i];
            }
        }
        int number = strings.number(text);
        texts[oldest] = text;
        numbers[oldest] = number;
        oldest = (oldest + 1) % REMEMBERED;
        return number;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(String one, @Nullable String other) {
        return one == other;
    }

    /// The table was emptied.
    void forget() {
        Arrays.fill(texts, null);
    }
}
