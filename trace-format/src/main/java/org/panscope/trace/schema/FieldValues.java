package org.panscope.trace.schema;

import org.jspecify.annotations.Nullable;

/// Rows of field values in the Java types of [FieldKind].
public final class FieldValues {
    private FieldValues() {}

    /// Checks that every value is absent or of its field's kind.
    ///
    /// @throws IllegalArgumentException if one is not, or their number is wrong
    public static void check(EventTypeInfo type, @Nullable Object[] values) {
        if (values.length != type.fields().size()) {
            throw new IllegalArgumentException(
                    "type="
                            + type.name()
                            + " fields="
                            + type.fields().size()
                            + " values="
                            + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            FieldInfo field = type.fields().get(i);
            if (value != null && !fits(field, value)) {
                throw new IllegalArgumentException(
                        "type="
                                + type.name()
                                + " field="
                                + field.name()
                                + " kind="
                                + field.kind()
                                + " value="
                                + value);
            }
        }
    }

    /// Hands checked values to a sink, in field order.
    public static void visit(EventTypeInfo type, @Nullable Object[] values, FieldSink sink) {
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case null -> sink.absent(i);
                case Long number -> sink.number(i, number);
                case Boolean flag -> sink.number(i, flag ? 1 : 0);
                case byte[] bytes -> sink.bytes(i, bytes);
                case String text -> {
                    FieldInfo field = type.fields().get(i);
                    if (field.kind() == FieldKind.ENUM) {
                        sink.number(i, field.labels().indexOf(text));
                    } else {
                        sink.text(i, text);
                    }
                }
                default -> throw new IllegalArgumentException("value=" + values[i]);
            }
        }
    }

    private static boolean fits(FieldInfo field, Object value) {
        return switch (field.kind()) {
            case INT -> value instanceof Long;
            case BOOL -> value instanceof Boolean;
            case TEXT -> value instanceof String;
            case ENUM -> value instanceof String label && field.labels().contains(label);
            case BYTES -> value instanceof byte[];
        };
    }
}
