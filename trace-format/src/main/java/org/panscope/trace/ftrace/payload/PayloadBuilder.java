package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Collects fields whose names come from the text itself.
final class PayloadBuilder {
    /// More fields than any tracepoint has; the rest stays text.
    static final int MAX_FIELDS = 64;

    /// Fields that hold names, which stay text even where the name is a number.
    private static final Set<String> NAMES =
            Set.of("comm", "name", "driver", "timeline", "ring", "ring_name", "dev", "dev_name");

    private final List<FieldInfo> fields = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    int size() {
        return fields.size();
    }

    boolean has(String name) {
        for (FieldInfo field : fields) {
            if (field.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    void addText(String name, @Nullable String value) {
        fields.add(FieldSet.text(name));
        values.add(value);
    }

    void addAddress(String name, @Nullable Long value) {
        fields.add(ValueKind.POINTER.field(name));
        values.add(value);
    }

    /// A value whose spelling decides its kind: decimal, hexadecimal, or text.
    void addGuessed(String name, String text) {
        Long number =
                NAMES.contains(name) || name.endsWith("_comm") ? null : ValueKind.rawNumber(text);
        if (number == null) {
            addText(name, text);
            return;
        }
        boolean hexadecimal =
                text.startsWith("(") || (text.startsWith("0x") && !text.endsWith(")"));
        boolean fitsSigned = number >= 0 || text.contains("-");
        fields.add(
                FieldInfo.dynamic(
                        name,
                        FieldKind.INT,
                        hexadecimal ? Unit.HEX : Unit.NONE,
                        !hexadecimal && fitsSigned));
        values.add(number);
    }

    /// The payload, or only its text when the capture has too many shapes.
    Payload build(FieldSetPool pool, String text) {
        FieldSet set = pool.get(fields);
        return set == null ? Payload.textOnly(text) : new Payload(set, values.toArray());
    }
}
