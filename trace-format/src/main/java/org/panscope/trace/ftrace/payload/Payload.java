package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A decoded payload.
///
/// @param fields its shape
/// @param values one per field, null where absent
public record Payload(FieldSet fields, @Nullable Object[] values) {

    /// An event that has nothing to say beside its name.
    static final Payload EMPTY = new Payload(new FieldSet(List.of()), new @Nullable Object[0]);

    /// A payload nobody could take apart.
    static Payload textOnly(String text) {
        return new Payload(FieldSet.TEXT_ONLY, new @Nullable Object[] {text});
    }
}
