package org.panscope.core.fields;

import org.panscope.trace.schema.EventTypeInfo;

/// Looks up the fields of one event type by name, once.
public final class Fields {
    private final EventTypeInfo type;

    public Fields(EventTypeInfo type) {
        this.type = type;
    }

    /// The field of the first of these names the type has; an absent one when it has none.
    public FieldReader get(String... names) {
        for (String name : names) {
            int index = type.fieldIndex(name);
            if (index >= 0) {
                return new FieldReader(index, type.fields().get(index).kind());
            }
        }
        return FieldReader.ABSENT;
    }

    public EventTypeInfo type() {
        return type;
    }

    public String typeName() {
        return type.name();
    }
}
