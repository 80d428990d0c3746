package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// A named bit range of a [RegisterWord].
///
/// @param name as the kernel's headers call it, without prefix
/// @param high most significant bit
/// @param low least significant bit
/// @param kind how its bits are read and who answers them
/// @param values names of single values
/// @param scale how a number is shown
/// @param doc what it means
public record BitField(
        String name,
        int high,
        int low,
        Kind kind,
        SortedMap<Long, String> values,
        Scale scale,
        String doc) {

    /// How the bits of a field are read, and in a request or acknowledge word how they are answered
    /// (`panthor_fw.c`: `panthor_fw_toggle_reqs`, `panthor_fw_update_reqs`).
    public enum Kind {
        /// Request: unlike its answer while it is pending.
        TOGGLE,
        /// Request that holds while the bit is set; nothing answers it.
        LEVEL,
        /// Told by the answering side: unlike the request until the asking side takes note.
        EVENT,
        /// Request with a value: pending until the answer holds the same.
        VALUE,
        /// A plain bit.
        FLAG,
        /// Named values.
        ENUM,
        /// A plain number.
        COUNT,
        /// A mask or a number of no meaning of its own.
        HEX,
        /// A place in memory.
        ADDRESS,
        /// An exception type.
        CODE,
        /// Two to the power of the number.
        POW2
    }

    /// The number shown is `(raw + plus) * times unit`.
    public record Scale(long plus, long times, String unit) {
        static final Scale NONE = new Scale(0, 1, "");
    }

    public BitField {
        if (low < 0 || high > 63 || low > high) {
            throw new IllegalArgumentException("field=" + name + " bits=" + high + ":" + low);
        }
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public int width() {
        return high - low + 1;
    }

    /// The bits of the word that belong to it.
    public long mask() {
        return (-1L >>> (64 - width())) << low;
    }

    /// Its bits in a word, moved down to bit 0.
    public long get(long word) {
        return (word & mask()) >>> low;
    }

    /// Whether it is one bit with a meaning of its own when it is set.
    public boolean isBit() {
        return width() == 1
                && switch (kind) {
                    case TOGGLE, LEVEL, EVENT, FLAG -> true;
                    case VALUE, ENUM, COUNT, HEX, ADDRESS, CODE, POW2 -> false;
                };
    }

    /// `31:24` or `4`.
    public String bits() {
        return ValueText.range(high, low);
    }

    /// The raw bits with their meaning.
    public DecodedField decode(long word) {
        long raw = get(word);
        return new DecodedField(name, bits(), raw, text(raw), doc);
    }

    /// A raw value as people read it.
    public String text(long raw) {
        String named = values.get(raw);
        if (named != null) {
            return named;
        }
        return switch (kind) {
            case VALUE, ENUM -> "unknown " + raw;
            case CODE -> ExceptionCode.text(raw);
            case COUNT -> scaled(raw);
            case POW2 -> power(raw + scale.plus());
            case ADDRESS, HEX -> ValueText.hex(raw);
            case TOGGLE, LEVEL, EVENT, FLAG ->
                    width() > 1 ? ValueText.hex(raw) : raw == 0 ? "clear" : "set";
        };
    }

    private String scaled(long raw) {
        String number = Long.toUnsignedString((raw + scale.plus()) * scale.times());
        return scale.unit().isEmpty() ? number : number + " " + scale.unit();
    }

    private String power(long exponent) {
        String unit = scale.unit().isEmpty() ? "" : " " + scale.unit();
        return exponent < 63
                ? (1L << exponent) + unit
                : String.format(Locale.ROOT, "2^%d%s", exponent, unit);
    }

    /// The same bits in a word that selects some of them.
    BitField asMask() {
        Kind plain = width() == 1 ? Kind.FLAG : Kind.HEX;
        return new BitField(name, high, low, plain, new TreeMap<>(), Scale.NONE, doc);
    }

    /// Whether two words differ in this field.
    boolean differs(long word, @Nullable Long other) {
        return other != null && get(word) != get(other);
    }
}
