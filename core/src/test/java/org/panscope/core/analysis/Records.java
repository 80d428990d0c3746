package org.panscope.core.analysis;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.util.Objects;

/// Events with other values in some fields.
final class Records {
    private Records() {}

    /// @param fields names as in the vocabulary, and values as a trace stores them, in turn
    static TraceEvent with(TraceEvent event, @Nullable Object... fields) {
        RecordType type = Vocabulary.get().of(event.getClass());
        @Nullable Object[] values = type.values(event);
        for (int i = 0; i < fields.length; i += 2) {
            String name = String.valueOf(fields[i]);
            int index = type.info().fieldIndex(name);
            if (index < 0) {
                throw new IllegalArgumentException(
                        "no field " + name + " in " + type.info().name());
            }
            values[index] = fields[i + 1];
        }
        return Objects.requireNonNull(type.create(values), () -> "not a " + type.info().name());
    }
}
