package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.TracepointTypes;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The fields of one event whose type is not known before it is read. One builder serves all events
/// and knows the types it made. Bounded: a hostile file may invent a type with every event.
final class RowBuilder {
    private static final int MOST_FIELDS = 256;
    private static final int MOST_TYPES = 8 * 1024;
    private static final String OVERFLOW = "track_event";

    private final Map<Key, EventTypeInfo> types = new HashMap<>();
    private final List<FieldInfo> fields = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private long refused;

    private record Key(String name, List<FieldInfo> fields) {}

    void begin() {
        fields.clear();
        values.clear();
        names.clear();
    }

    void text(String name, @Nullable String value) {
        if (value != null) {
            add(name, FieldKind.TEXT, Unit.NONE, false, value);
        }
    }

    void number(String name, Unit unit, boolean signed, long value) {
        add(name, FieldKind.INT, unit, signed, value);
    }

    void flag(String name, boolean value) {
        add(name, FieldKind.BOOL, Unit.NONE, false, value);
    }

    /// A number with a fraction, as text: the trace has integers only.
    void real(String name, double value) {
        text(name, Double.toString(value));
    }

    /// A value spelled as text: a number where it reads as one.
    void guessed(String name, String value) {
        String digits = value.startsWith("0x") ? value.substring(2) : value;
        int radix = value.startsWith("0x") ? 16 : 10;
        if (!digits.isEmpty()
                && digits.length() <= (radix == 16 ? 16 : 18)
                && digits.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0)) {
            Unit unit = radix == 16 ? Unit.HEX : Unit.NONE;
            number(name, unit, false, Long.parseUnsignedLong(digits, radix));
        } else {
            text(name, value);
        }
    }

    private void add(String name, FieldKind kind, Unit unit, boolean signed, Object value) {
        if (fields.size() >= MOST_FIELDS) {
            refused++;
            return;
        }
        String free = name.isEmpty() ? "unnamed" : name;
        for (int i = 2; !names.add(free); i++) {
            free = name + "_" + i;
        }
        fields.add(FieldInfo.dynamic(free, kind, unit, signed));
        values.add(value);
    }

    /// The type of an event with this name and the fields so far.
    EventTypeInfo type(String name) {
        Key key = new Key(name, fields);
        EventTypeInfo type = types.get(key);
        if (type != null) {
            return type;
        }
        if (types.size() >= MOST_TYPES) {
            begin();
            text("name", name);
            return TracepointTypes.captured(OVERFLOW, fields);
        }
        type = TracepointTypes.captured(name, fields);
        types.put(new Key(name, List.copyOf(fields)), type);
        return type;
    }

    /// The values, for the type last returned.
    @Nullable Object[] values() {
        return values.toArray();
    }

    /// How many fields there was no room for.
    long refused() {
        return refused;
    }
}
