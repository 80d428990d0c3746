package org.panscope.core.isa;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Consecutive 32-bit registers. The numbers are those of the instruction; they may lie past the
/// last register that the hardware has.
///
/// @param first number of the lowest
/// @param count how many, at least 1
public record RegisterRange(int first, int count) {
    public RegisterRange {
        if (first < 0 || count < 1) {
            throw new IllegalArgumentException("first=" + first + " count=" + count);
        }
    }

    /// Number of the highest.
    public int last() {
        return first + count - 1;
    }

    public boolean contains(int register) {
        return register >= first && register <= last();
    }

    public boolean overlaps(RegisterRange other) {
        return first <= other.last() && other.first <= last();
    }

    /// The ranges of a set of registers, ascending; neighbours are one range.
    static List<RegisterRange> of(BitSet registers) {
        List<RegisterRange> ranges = new ArrayList<>();
        int first = registers.nextSetBit(0);
        while (first >= 0) {
            int end = registers.nextClearBit(first);
            ranges.add(new RegisterRange(first, end - first));
            first = registers.nextSetBit(end);
        }
        return ranges;
    }

    /// `r4`, `r4..r7`.
    @Override
    public String toString() {
        return count == 1 ? "r" + first : "r" + first + "..r" + last();
    }
}
