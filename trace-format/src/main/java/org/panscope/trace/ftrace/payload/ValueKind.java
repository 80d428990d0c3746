package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Unit;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a value of a payload is spelled and what it means.
enum ValueKind {
    /// Anything, blanks included.
    TEXT(FieldKind.TEXT, Unit.NONE, false, "(.*)"),
    /// Text without blanks.
    WORD(FieldKind.TEXT, Unit.NONE, false, "(\\S+)"),
    /// A decimal number without a unit, possibly negative.
    DEC(FieldKind.INT, Unit.NONE, true, "(-?\\d+)"),
    COUNT(FieldKind.INT, Unit.COUNT, true, "(-?\\d+)"),
    /// A decimal number that only means "the same one"; unsigned.
    ID(FieldKind.INT, Unit.ID, false, "(\\d+)"),
    INDEX(FieldKind.INT, Unit.INDEX, true, "(-?\\d+)"),
    NS(FieldKind.INT, Unit.NS, true, "(-?\\d+)"),
    BYTES(FieldKind.INT, Unit.BYTES, false, "(\\d+)"),
    /// What an interrupt handler returned, of which a text only tells whether it was zero.
    HANDLED(FieldKind.INT, Unit.NONE, true, "(handled|unhandled)"),
    HEX(FieldKind.INT, Unit.HEX, false, "(0[xX][0-9a-fA-F]+|0)"),
    /// Hexadecimal digits without a prefix.
    BARE_HEX(FieldKind.INT, Unit.HEX, false, "([0-9a-fA-F]+)"),
    /// A pointer: `0x…` in binary captures, 8 or 16 bare digits where the kernel hashes it. What
    /// the kernel prints before its random pool is ready tells nothing, so it is absent.
    POINTER(
            FieldKind.INT,
            Unit.HEX,
            false,
            "(0[xX][0-9a-fA-F]+|[0-9a-fA-F]{8,16}|\\(null\\)|\\(_*ptrval_*\\))");

    private static final Pattern HEX_AND_DECIMAL =
            Pattern.compile("(0[xX][0-9a-fA-F]{1,16}) \\((-?\\d{1,20})\\)");
    private static final Pattern BRACKETED = Pattern.compile("\\((0[xX][0-9a-fA-F]{1,16})\\)");

    private final FieldKind fieldKind;
    private final Unit unit;
    private final boolean signed;
    private final String pattern;

    ValueKind(FieldKind fieldKind, Unit unit, boolean signed, String pattern) {
        this.fieldKind = fieldKind;
        this.unit = unit;
        this.signed = signed;
        this.pattern = pattern;
    }

    static ValueKind named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    FieldInfo field(String name) {
        return FieldInfo.dynamic(name, fieldKind, unit, signed);
    }

    /// A regular expression of one group that holds the value.
    String pattern() {
        return pattern;
    }

    /// What a text that matches [#pattern()] stands for.
    Value parse(String text) {
        if (fieldKind == FieldKind.TEXT) {
            return new Value(true, text);
        }
        if (this == POINTER) {
            return parsePointer(text);
        }
        if (this == HANDLED) {
            return new Value(true, text.equals("handled") ? 1L : 0L);
        }
        Long number = this == BARE_HEX ? hexadecimal(text) : number(text);
        return new Value(number != null, number);
    }

    /// A value as `trace-cmd report -R` and the option `fields` print it: `7`, `0x7`, `(0x7)` or
    /// `0x7 (7)`.
    Value parseRaw(String text) {
        if (fieldKind == FieldKind.TEXT) {
            return new Value(true, text);
        }
        Long number = rawNumber(text);
        return number == null && this == POINTER
                ? parsePointer(text)
                : new Value(number != null, number);
    }

    /// A value as the kernel prints it, or null for one that is absent and has no spelling.
    @Nullable String print(@Nullable Object value) {
        if (value == null) {
            return this == POINTER ? "(____ptrval____)" : null;
        }
        if (!(value instanceof Long number)) {
            return String.valueOf(value);
        }
        return switch (this) {
            case HEX -> "0x" + Long.toHexString(number);
            case BARE_HEX -> Long.toHexString(number);
            case POINTER -> printPointer(number);
            case HANDLED -> number == 0 ? "unhandled" : "handled";
            default -> signed ? Long.toString(number) : Long.toUnsignedString(number);
        };
    }

    /// Hashed ones have 32 bits and no prefix; addresses come from binary captures.
    private static String printPointer(long number) {
        if (number == 0) {
            return "(null)";
        }
        String digits = Long.toHexString(number);
        return number >>> 32 == 0
                ? "0".repeat(Math.max(0, 16 - digits.length())) + digits
                : "0x" + digits;
    }

    private static Value parsePointer(String text) {
        if (text.startsWith("(")) {
            boolean isNull = text.equals("(null)");
            return new Value(isNull || text.contains("ptrval"), isNull ? 0L : null);
        }
        Long address =
                hexadecimal(
                        text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text);
        return new Value(address != null, address);
    }

    static @Nullable Long rawNumber(String text) {
        if (text.indexOf('(') < 0) {
            return number(text);
        }
        Matcher both = HEX_AND_DECIMAL.matcher(text);
        if (both.matches()) {
            return number(both.group(2));
        }
        Matcher bracketed = BRACKETED.matcher(text);
        return number(bracketed.matches() ? bracketed.group(1) : text);
    }

    /// The 64 bits of a decimal (signed or unsigned) or `0x` number, or null when it is none or
    /// does not fit.
    static @Nullable Long number(String text) {
        if (text.startsWith("0x") || text.startsWith("0X")) {
            return hexadecimal(text.substring(2));
        }
        boolean negative = text.startsWith("-");
        int digits = negative ? 1 : 0;
        if (text.length() == digits || text.length() > digits + 20) {
            return null;
        }
        for (int i = digits; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        try {
            return negative ? Long.parseLong(text) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    private static @Nullable Long hexadecimal(String digits) {
        if (digits.isEmpty() || digits.length() > 16) {
            return null;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return null;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /// A parsed value.
    ///
    /// @param isUnderstood whether the text was a value of this kind
    /// @param value in the field kind's Java type, or null when absent
    record Value(boolean isUnderstood, @Nullable Object value) {}
}
