package org.panscope.trace.schema;

import org.jspecify.annotations.Nullable;

/// A row whose values are in an array.
///
/// @param values one per field, null where absent
record ValueRow(EventTypeInfo type, @Nullable Object[] values) implements FieldRow {
    @Override
    public void visit(FieldSink sink) {
        FieldValues.visit(type, values, sink);
    }

    @Override
    public @Nullable Object value(int field) {
        return values[field];
    }
}
