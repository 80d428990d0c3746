package org.panscope.core.isa;

import java.util.List;
import java.util.Locale;

/// A named bit range of an instruction word.
///
/// @param name after Mesa's field tables, in lower camel case
/// @param high most significant bit, at most 55
/// @param low least significant bit
/// @param type how its bits are read
/// @param names what its values mean, from 0 up; a value without a name is not a defined one. Empty
///   when the value is a number
public record OperandField(String name, int high, int low, Type type, List<String> names) {
    /// Name of a value that the architecture does not define.
    static final String INVALID = "INVALID";

    /// How the bits of a field are read.
    public enum Type {
        /// A plain number.
        UNSIGNED,
        /// A number in two's complement.
        SIGNED,
        /// Number of a 32-bit register.
        REGISTER,
        /// Number of the low register of a 64-bit pair.
        REGISTER_PAIR,
        /// One bit per scoreboard slot or register.
        MASK,
        /// Bits with a meaning of their own: flags, payloads.
        BITS,
        /// A code with a meaning per value.
        ENUM,
        /// One bit: set or not.
        FLAG;

        /// Whether its value numbers a register or the low one of a pair.
        public boolean isRegister() {
            return this == REGISTER || this == REGISTER_PAIR;
        }
    }

    public OperandField {
        names = List.copyOf(names);
        if (low < 0 || high > 55 || low > high) {
            throw new IllegalArgumentException("field=" + name + " bits=" + high + ":" + low);
        }
    }

    /// A field whose values have no names.
    public OperandField(String name, int high, int low, Type type) {
        this(name, high, low, type, List.of());
    }

    public int width() {
        return high - low + 1;
    }

    /// The bits of the word that belong to it.
    public long bits() {
        return (-1L >>> (63 - high + low)) << low;
    }

    /// Its value in a word, sign extended when it is signed.
    public long get(long word) {
        long atTop = word << (63 - high);
        int unused = 63 - high + low;
        return type == Type.SIGNED ? atTop >> unused : atTop >>> unused;
    }

    /// Whether a value fits.
    public boolean accepts(long value) {
        return get(put(value)) == value;
    }

    /// A word with nothing but this field, cut to its width.
    public long put(long value) {
        return (value << low) & bits();
    }

    /// The word with this field replaced by a value, cut to its width.
    public long replace(long word, long value) {
        return (word & ~bits()) | put(value);
    }

    /// What a value means to a reader: `le`, `d66`, `0x1f`, `-8`.
    public String describe(long value) {
        if (!names.isEmpty()) {
            return value >= 0 && value < names.size() ? names.get((int) value) : INVALID;
        }
        return switch (type) {
            case UNSIGNED, SIGNED, ENUM -> Long.toString(value);
            case REGISTER -> "r" + value;
            case REGISTER_PAIR -> "d" + value;
            case MASK, BITS -> "0x" + Long.toHexString(value).toUpperCase(Locale.ROOT);
            case FLAG -> value == 0 ? "no" : "yes";
        };
    }
}
