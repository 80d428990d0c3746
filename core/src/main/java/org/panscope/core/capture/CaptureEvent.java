package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.EventTypeInfo;

/// An event on its way into a trace: fields by name, in the type asked for.
///
/// @param type its type
/// @param values one per field
/// @param header who, where and when
record CaptureEvent(EventTypeInfo type, @Nullable Object[] values, EventHeader header) {

    String name() {
        return type.name();
    }

    /// Whether the type has these fields, with or without values.
    boolean has(String... fields) {
        for (String field : fields) {
            if (type.fieldIndex(field) < 0) {
                return false;
            }
        }
        return true;
    }

    /// A number, or null when it is absent or the field is none.
    @Nullable Long number(String field) {
        int index = type.fieldIndex(field);
        return index >= 0 && values[index] instanceof Long number ? number : null;
    }

    /// A text, or null when it is absent or the field is none.
    @Nullable String text(String field) {
        int index = type.fieldIndex(field);
        return index >= 0 && values[index] instanceof String text ? text : null;
    }

    int cpu() {
        return header.cpu();
    }
}
