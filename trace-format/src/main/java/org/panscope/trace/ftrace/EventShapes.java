package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The fields of one event whose type is known only once it is read. One object serves all events;
/// it knows the types it made, as paths of fields, so that an event like the one before costs no
/// look-up. Bounded: a hostile file may invent a type with every event.
public final class EventShapes {
    private static final int MOST_FIELDS = 256;
    private static final int MOST_SHAPES = 64 * 1024;
    private static final int MOST_TYPES = 8 * 1024;

    private final Map<String, Shape> roots = new LinkedHashMap<>();
    private final List<@Nullable Object> values = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final List<FieldInfo> fields = new ArrayList<>();
    private int shapes;
    private int types;
    private long refused;

    /// Fields up to some place, and the type that ends there.
    private static final class Shape {
        final Map<String, Shape> next = new LinkedHashMap<>();
        @Nullable EventTypeInfo type;
    }

    /// The next event has no fields yet.
    public void begin() {
        values.clear();
        names.clear();
        fields.clear();
    }

    /// Adds a text.
    public void text(String name, String value) {
        add(name, FieldKind.TEXT, Unit.NONE, false, value);
    }

    /// Adds a whole number.
    public void number(String name, Unit unit, boolean signed, long value) {
        add(name, FieldKind.INT, unit, signed, value);
    }

    /// Adds a flag.
    public void flag(String name, boolean value) {
        add(name, FieldKind.BOOL, Unit.NONE, false, value);
    }

    /// Adds a value that is spelled as text: a number where it reads as one, `0x…` or decimal.
    public void guessed(String name, String value) {
        boolean hexadecimal = value.startsWith("0x");
        String digits = hexadecimal ? value.substring(2) : value;
        int radix = hexadecimal ? 16 : 10;
        int most = hexadecimal ? 16 : value.startsWith("9") ? 18 : 19;
        boolean isNumber =
                !digits.isEmpty()
                        && digits.length() <= most
                        && digits.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
        if (isNumber) {
            long number = Long.parseUnsignedLong(digits, radix);
            number(name, hexadecimal ? Unit.HEX : Unit.NONE, !hexadecimal, number);
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

    /// Number of fields so far.
    public int size() {
        return fields.size();
    }

    /// The type of an event with this name and the fields so far, or null when there are too many
    /// types already.
    public @Nullable EventTypeInfo type(String name) {
        Shape shape = next(roots, name);
        for (int i = 0; i < fields.size() && shape != null; i++) {
            shape = next(shape.next, key(fields.get(i)));
        }
        if (shape == null) {
            return null;
        }
        EventTypeInfo type = shape.type;
        if (type == null && types < MOST_TYPES) {
            type = TracepointTypes.captured(name, List.copyOf(fields));
            shape.type = type;
            types++;
        }
        return type;
    }

    private @Nullable Shape next(Map<String, Shape> among, String key) {
        Shape known = among.get(key);
        if (known == null && shapes < MOST_SHAPES) {
            known = new Shape();
            among.put(key, known);
            shapes++;
        }
        return known;
    }

    private static String key(FieldInfo field) {
        String what = field.kind() + " " + field.unit() + (field.signed() ? " -" : " +");
        return what + field.name();
    }

    /// The values, in the order added.
    public @Nullable Object[] values() {
        return values.toArray();
    }

    /// How many fields there was no room for.
    public long refused() {
        return refused;
    }
}
