package org.panscope.app.cli;

import java.util.StringJoiner;

/// Counts the words that have bits set which their instruction does not define, and remembers where
/// the first ones are.
final class ReservedBits {
    private static final int MOST_NAMED = 5;

    private final String unit;
    private final StringJoiner places = new StringJoiner(", ");
    private long count;

    /// @param unit what places are: `lines`, `addresses`
    ReservedBits(String unit) {
        this.unit = unit;
    }

    void look(long reservedBits, long line) {
        if (reservedBits != 0) {
            add(Long.toString(line));
        }
    }

    void lookAt(long reservedBits, long address) {
        if (reservedBits != 0) {
            add("0x" + Long.toHexString(address));
        }
    }

    private void add(String place) {
        if (count < MOST_NAMED) {
            places.add(place);
        }
        count++;
    }

    /// One line for a person; empty when there is nothing to say.
    ///
    /// @param isShown whether the output shows the bits
    String summary(boolean isShown) {
        if (count == 0) {
            return "";
        }
        return count
                + (count == 1 ? " word has" : " words have")
                + " reserved bits set, "
                + unit
                + " "
                + places
                + (count > MOST_NAMED ? ", ..." : "")
                + (isShown ? "" : " (--annotate shows them)");
    }
}
