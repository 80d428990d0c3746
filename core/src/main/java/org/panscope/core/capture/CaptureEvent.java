package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldRow;

/// An event on its way into a trace: fields by name, in the type asked for.
///
/// @param row its type and values
/// @param header who, where and when
record CaptureEvent(FieldRow row, EventHeader header) {

    EventTypeInfo type() {
        return row.type();
    }

    String name() {
        return type().name();
    }

    /// Whether the type has these fields, with or without values.
    boolean has(String... fields) {
        for (String field : fields) {
            if (type().fieldIndex(field) < 0) {
                return false;
            }
        }
        return true;
    }

    /// A number, or null when it is absent or the field is none.
    @Nullable Long number(String field) {
        int index = type().fieldIndex(field);
        return index >= 0 && row.value(index) instanceof Long number ? number : null;
    }

    /// A text, or null when it is absent or the field is none.
    @Nullable String text(String field) {
        int index = type().fieldIndex(field);
        return index >= 0 && row.value(index) instanceof String text ? text : null;
    }

    int cpu() {
        return header.cpu();
    }
}
