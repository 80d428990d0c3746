package org.panscope.trace.ftrace.payload;

import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.List;

/// The fields of one shape of payload, in order. Compared by identity: decoders hand out the same
/// object for the same shape, so that looking up an event's type costs no field comparison.
public final class FieldSet {
    /// Name of the field that holds a payload, or what fields did not explain of it, as it stood.
    public static final String PAYLOAD = "payload";

    /// A payload that is only text.
    public static final FieldSet TEXT_ONLY = new FieldSet(List.of(text(PAYLOAD)));

    private final List<FieldInfo> fields;

    FieldSet(List<FieldInfo> fields) {
        this.fields = List.copyOf(fields);
    }

    /// From a compact description: `name:kind` separated by blanks, kinds as in [ValueKind].
    static FieldSet parse(String description) {
        List<FieldInfo> fields = new ArrayList<>();
        for (String field : description.split(" ", -1)) {
            int colon = field.indexOf(':');
            ValueKind kind = ValueKind.named(field.substring(colon + 1));
            fields.add(kind.field(field.substring(0, colon)));
        }
        return new FieldSet(fields);
    }

    static FieldInfo text(String name) {
        return FieldInfo.dynamic(name, FieldKind.TEXT, Unit.NONE, false);
    }

    public List<FieldInfo> fields() {
        return fields;
    }

    int size() {
        return fields.size();
    }

    /// Position of the named field, or -1.
    int indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
