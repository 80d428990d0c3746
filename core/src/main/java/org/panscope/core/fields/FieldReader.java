package org.panscope.core.fields;

import org.panscope.trace.io.EventCursor;
import org.panscope.trace.schema.FieldKind;

/// One field of an event type; may be one the type does not have.
public record FieldReader(int index, FieldKind kind) {
    public static final FieldReader ABSENT = new FieldReader(-1, FieldKind.INT);

    public boolean isPresent(EventCursor event) {
        return index >= 0 && event.isPresent(index);
    }

    /// The number, or `otherwise` when absent or no number. Captures may hold numbers as text.
    public long number(EventCursor event, long otherwise) {
        if (!isPresent(event)) {
            return otherwise;
        }
        if (kind == FieldKind.INT || kind == FieldKind.BOOL) {
            return event.longValue(index);
        }
        return parse(text(event), otherwise);
    }

    public int integer(EventCursor event, int otherwise) {
        return (int) number(event, otherwise);
    }

    public boolean flag(EventCursor event) {
        return number(event, 0) != 0;
    }

    /// The text or label, the number in decimal, or an empty text when absent.
    public String text(EventCursor event) {
        if (!isPresent(event)) {
            return "";
        }
        Object value = event.value(index);
        return value == null ? "" : value.toString();
    }

    private static long parse(String text, long otherwise) {
        try {
            return text.startsWith("0x")
                    ? Long.parseUnsignedLong(text.substring(2), 16)
                    : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
