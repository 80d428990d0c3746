package org.panscope.app.events;

import org.jspecify.annotations.Nullable;
import org.panscope.app.theme.Formats;
import org.panscope.core.state.view.ValueText;
import org.panscope.trace.io.Event;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.Unit;

import java.util.HexFormat;
import java.util.List;

/// Field values as the window writes them.
public final class FieldValues {
    /// What stands where a value was never observed.
    public static final String UNKNOWN = "?";

    private static final int BYTES_SHOWN = 16;

    private FieldValues() {}

    /// All present fields in one line: `gid=1 queue=0 at=128 B`. The lines of a message of the
    /// kernel are parted by `|`.
    public static String summary(Event event) {
        StringBuilder text = new StringBuilder();
        List<FieldInfo> fields = event.type().fields();
        for (int i = 0; i < fields.size(); i++) {
            Object value = event.value(i);
            if (value != null) {
                text.append(text.isEmpty() ? "" : "  ");
                text.append(fields.get(i).name()).append('=').append(text(value, fields.get(i)));
            }
        }
        return text.toString().replace("\n", " | ");
    }

    /// One value with its unit.
    public static String text(@Nullable Object value, FieldInfo field) {
        return switch (value) {
            case null -> UNKNOWN;
            case Long bits when !field.unit().isHexadecimal() && !field.signed() ->
                    unsigned(bits, field.unit());
            case byte[] bytes -> bytes(bytes);
            default -> text(value, field.unit());
        };
    }

    /// One value with its unit.
    public static String text(Object value, Unit unit) {
        if (!(value instanceof Long bits)) {
            String text = value.toString();
            return text.isEmpty() ? "(empty)" : text;
        }
        return switch (unit) {
            case HEX, GPU_VA, USER_VA, FILE_OFFSET -> ValueText.hex(bits);
            case NS -> Formats.grouped(bits) + " ns";
            case BYTES -> unsigned(bits, unit);
            case COUNT -> Formats.grouped(bits);
            case EVENT -> "#" + bits;
            case NONE, INDEX, ID, ERRNO -> Long.toString(bits);
        };
    }

    private static String unsigned(long bits, Unit unit) {
        String digits = bits < 0 ? Long.toUnsignedString(bits) : Formats.grouped(bits);
        return switch (unit) {
            case BYTES -> digits + " B";
            case NS -> digits + " ns";
            case EVENT -> "#" + Long.toUnsignedString(bits);
            case COUNT -> digits;
            default -> Long.toUnsignedString(bits);
        };
    }

    private static String bytes(byte[] bytes) {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        return bytes.length <= BYTES_SHOWN
                ? hex.formatHex(bytes)
                : hex.formatHex(bytes, 0, BYTES_SHOWN)
                        + " … ("
                        + Formats.grouped(bytes.length)
                        + " B)";
    }
}
