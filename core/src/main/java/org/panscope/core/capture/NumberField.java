package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.FieldRow;

/// Where the rows of one type have a number.
///
/// @param index of the field, or -1 where the type has no such field or it is no number
record NumberField(int index) {
    static NumberField of(EventTypeInfo type, String name) {
        int index = type.fieldIndex(name);
        boolean isNumber = index >= 0 && type.fields().get(index).kind() == FieldKind.INT;
        return new NumberField(isNumber ? index : -1);
    }

    boolean isIn(FieldRow row) {
        return index >= 0 && row.has(index);
    }

    /// A number that [#isIn] says is there.
    long of(FieldRow row) {
        return row.number(index);
    }

    /// The number, or null when it is absent.
    @Nullable Long orNull(FieldRow row) {
        return isIn(row) ? (Long) row.number(index) : null;
    }
}
