package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The inverse of [PayloadDecoders]: what stands after an event's name on a line of ftrace text.
///
/// An event whose fields are those of a known tracepoint is printed by the kernel's format string;
/// a marker is its text; of everything else the text that was kept, or else every field as
/// `key=value`.
public final class PayloadPrinter {
    private static final Set<String> MARKERS =
            Set.of("print", "tracing_mark_write", "bprint", "bputs");

    /// What the source of a type begins with that is a tracepoint's own print format.
    public static final String PRINT_FORMAT = "print fmt: ";

    private final PayloadDecoders decoders = new PayloadDecoders();
    private final Map<EventTypeInfo, Optional<PrintFormat>> own = new HashMap<>();

    /// The fields of a tracepoint, as decoding one of its lines yields them.
    ///
    /// @throws IllegalArgumentException if its format is not known
    public FieldSet fieldsOf(String eventName) {
        EventFormat format = decoders.format(eventName);
        if (format == null) {
            throw new IllegalArgumentException("tracepoint=" + eventName + " has no format");
        }
        return format.fields();
    }

    /// The payload of an event, by its type's own print format where Panscope knows no other.
    public String print(EventTypeInfo type, @Nullable Object[] values) {
        String name = type.name().substring(type.name().lastIndexOf(':') + 1);
        if (type.source().startsWith(PRINT_FORMAT)) {
            Optional<PrintFormat> format = own.computeIfAbsent(type, PayloadPrinter::format);
            String text =
                    format.map(found -> found.print(field -> value(type, values, field)))
                            .orElse(null);
            if (text != null) {
                return text;
            }
        }
        return print(name, type.fields(), values);
    }

    private static Optional<PrintFormat> format(EventTypeInfo type) {
        return Optional.ofNullable(
                PrintFormat.parse(type.source().substring(PRINT_FORMAT.length())));
    }

    private static @Nullable Object value(
            EventTypeInfo type, @Nullable Object[] values, String field) {
        int index = type.fieldIndex(field);
        return index < 0 ? null : values[index];
    }

    /// One payload; it has line breaks only where the reader of a line expects them.
    ///
    /// @param eventName name without its system
    /// @param values one per field
    public String print(String eventName, List<FieldInfo> fields, @Nullable Object[] values) {
        EventFormat format = decoders.format(eventName, fields);
        String text = format == null ? null : format.print(values);
        if (text == null && MARKERS.contains(eventName)) {
            text = marker(fields, values);
        }
        if (text == null) {
            text = pairs(fields, values);
        }
        return PayloadDecoders.mayContinue(eventName)
                ? text
                : text.replace('\n', ' ').replace('\r', ' ');
    }

    private static @Nullable String marker(List<FieldInfo> fields, @Nullable Object[] values) {
        Object caller = null;
        Object text = null;
        for (int i = 0; i < fields.size(); i++) {
            switch (fields.get(i).name()) {
                case MarkerDecoder.IP ->
                        caller =
                                values[i] instanceof Long address
                                        ? "0x" + Long.toHexString(address)
                                        : values[i];
                case MarkerDecoder.BUF -> text = values[i];
                default -> {} // taken out of the text
            }
        }
        return text == null ? null : (caller == null ? "" : caller + ": ") + text;
    }

    private static String pairs(List<FieldInfo> fields, @Nullable Object[] values) {
        StringBuilder pairs = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            Object value = values[i];
            FieldInfo field = fields.get(i);
            if (value == null) {
                continue;
            }
            if (field.name().equals(FieldSet.PAYLOAD)) {
                return value.toString();
            }
            pairs.append(pairs.isEmpty() ? "" : " ").append(field.name()).append('=');
            pairs.append(printed(field, value));
        }
        return pairs.toString();
    }

    private static String printed(FieldInfo field, Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (field.kind() != FieldKind.INT || !(value instanceof Long number)) {
            return value.toString();
        }
        if (field.unit().isHexadecimal()) {
            return "0x" + Long.toHexString(number);
        }
        return field.signed() ? Long.toString(number) : Long.toUnsignedString(number);
    }
}
