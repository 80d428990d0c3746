package org.panscope.core.isa;

/// A named bit range of an instruction word.
///
/// @param name as in Mesa's field tables, lower camel case
/// @param high most significant bit, at most 55
/// @param low least significant bit
/// @param type how its bits are read
public record OperandField(String name, int high, int low, Type type) {
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
        /// A code with a meaning per value.
        ENUM
    }

    public OperandField {
        if (low < 0 || high > 55 || low > high) {
            throw new IllegalArgumentException("field=" + name + " bits=" + high + ":" + low);
        }
    }

    public int width() {
        return high - low + 1;
    }

    /// The bits of the word that belong to it.
    public long bits() {
        return (-1L >>> (64 - width())) << low;
    }

    /// Its value in a word, sign extended when it is signed.
    public long get(long word) {
        long raw = (word & bits()) >>> low;
        int unused = 64 - width();
        return type == Type.SIGNED ? raw << unused >> unused : raw;
    }

    /// Whether a value fits.
    public boolean accepts(long value) {
        return get(put(value)) == value;
    }

    /// A word with nothing but this field, cut to its width.
    public long put(long value) {
        return (value << low) & bits();
    }
}
