package org.panscope.trace.schema;

import org.jspecify.annotations.Nullable;

/// The field values of one event, wherever they lie. An importer may use the same object for the
/// next event: what is to be kept is copied.
public interface FieldRow {
    EventTypeInfo type();

    /// Hands over every value, in field order.
    void visit(FieldSink sink);

    /// One value in the Java type of its [FieldKind], or null where it is absent.
    @Nullable Object value(int field);

    /// Whether a field has a value.
    default boolean has(int field) {
        return value(field) != null;
    }

    /// The number of an INT field that [#has] one.
    default long number(int field) {
        return value(field) instanceof Long number ? number : 0;
    }

    /// Values that were put into an array, one per field.
    static FieldRow of(EventTypeInfo type, @Nullable Object... values) {
        return new ValueRow(type, values);
    }

    /// A copy of all values.
    default @Nullable Object[] values() {
        @Nullable Object[] values = new @Nullable Object[type().fields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i);
        }
        return values;
    }
}
