package org.panscope.core.state.view;

import org.panscope.core.state.Cell;
import org.panscope.trace.schema.Unit;

import java.util.Locale;

/// Values as text, the same everywhere: addresses and masks in hexadecimal, sizes and counts
/// unsigned, times with their unit.
public final class ValueText {
    private ValueText() {}

    /// The value of a cell.
    public static String of(Cell cell) {
        return cell.value() instanceof Long number
                ? of(number, cell.unit())
                : cell.value().toString();
    }

    /// A number that counts something.
    public static String of(long number, Unit unit) {
        return switch (unit) {
            case HEX, GPU_VA, USER_VA, FILE_OFFSET -> hex(number);
            case BYTES, COUNT -> Long.toUnsignedString(number);
            case NS -> number + " ns";
            case NONE, INDEX, ID, EVENT, ERRNO -> Long.toString(number);
        };
    }

    /// `0x` and the digits.
    public static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    /// All sixteen digits of a word.
    public static String word(long number) {
        return String.format(Locale.ROOT, "%016x", number);
    }

    /// Bits of a word: `31:24` or `4`.
    static String range(int high, int low) {
        return high == low ? Integer.toString(low) : high + ":" + low;
    }

    /// A range of bits in a sentence: `bits 31:24` or `bit 4`.
    static String bits(String range) {
        return (range.indexOf(':') < 0 ? "bit " : "bits ") + range;
    }
}
