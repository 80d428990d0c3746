package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.Vocabulary;

import java.util.Arrays;

/// One event taken out of a trace.
public final class Event {
    private final long seq;
    private final EventHeader header;
    private final EventTypeInfo type;
    private final @Nullable Object[] values;

    /// @param values one per field of `type`, null where absent; owned by the new event
    public Event(long seq, EventHeader header, EventTypeInfo type, @Nullable Object[] values) {
        if (values.length != type.fields().size()) {
            throw new IllegalArgumentException(
                    "values="
                            + values.length
                            + " fields="
                            + type.fields().size()
                            + " type="
                            + type.name());
        }
        this.seq = seq;
        this.header = header;
        this.type = type;
        this.values = values;
    }

    public long seq() {
        return seq;
    }

    public EventHeader header() {
        return header;
    }

    public EventTypeInfo type() {
        return type;
    }

    public long timeNs() {
        return header.timeNs();
    }

    public int fieldCount() {
        return values.length;
    }

    /// Value of a field, or null when absent.
    public @Nullable Object value(int field) {
        return values[field];
    }

    /// Value of the named field, or null when the type has no such field or the value is absent.
    public @Nullable Object value(String fieldName) {
        int index = type.fieldIndex(fieldName);
        return index < 0 ? null : values[index];
    }

    /// The vocabulary record this event is, or null for a dynamic type or one this version does not
    /// know.
    public @Nullable TraceEvent record() {
        return Vocabulary.get().toRecord(type, values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Event that
                && seq == that.seq
                && header.equals(that.header)
                && type.equals(that.type)
                && Arrays.deepEquals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seq);
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder()
                        .append('#')
                        .append(seq)
                        .append(" @")
                        .append(timeNs())
                        .append("ns ");
        text.append(type.name());
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                text.append(' ').append(type.fields().get(i).name()).append('=');
                text.append(value instanceof byte[] bytes ? bytes.length + " bytes" : value);
            }
        }
        return text.toString();
    }
}
