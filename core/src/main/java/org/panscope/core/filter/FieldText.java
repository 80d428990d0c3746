package org.panscope.core.filter;

import org.panscope.trace.schema.FieldInfo;

/// Numbers as filters compare them with text: hexadecimal for addresses and masks, else decimal,
/// without grouping or unit.
final class FieldText {
    private FieldText() {}

    static String number(long bits, FieldInfo field) {
        if (field.unit().isHexadecimal()) {
            return "0x" + Long.toHexString(bits);
        }
        return field.signed() ? Long.toString(bits) : Long.toUnsignedString(bits);
    }
}
