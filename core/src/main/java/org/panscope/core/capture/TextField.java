package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldRow;

/// Where the rows of one type have a text.
///
/// @param index of the field, or -1 where the type has no such field
record TextField(int index) {
    static TextField of(EventTypeInfo type, String name) {
        return new TextField(type.fieldIndex(name));
    }

    /// The text, or null when it is absent or the field is none.
    @Nullable String of(FieldRow row) {
        return index >= 0 && row.value(index) instanceof String text ? text : null;
    }
}
