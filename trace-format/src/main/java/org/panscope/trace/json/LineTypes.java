package org.panscope.trace.json;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Unit;
import org.panscope.trace.schema.Vocabulary;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The types of the lines read so far. A type is what the last `schema` of its name said; without
/// one it is the vocabulary's; else it is inferred from the values, and grows with them.
final class LineTypes {
    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(64);

    private final Map<String, EventTypeInfo> types = new HashMap<>();

    void declare(EventTypeInfo type) {
        types.put(type.name(), type);
    }

    /// The type of a line with these fields.
    EventTypeInfo typeOf(String name, Layer layer, Map<?, ?> values) throws BadLineException {
        EventTypeInfo known = types.get(name);
        if (known == null) {
            RecordType compiled = Vocabulary.get().named(name);
            known =
                    compiled != null
                            ? compiled.info()
                            : EventTypeInfo.dynamic(name, layer, List.of());
            types.put(name, known);
        }
        List<FieldInfo> fields = null;
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            Object value = entry.getValue();
            String fieldName = (String) entry.getKey();
            if (value == null) {
                continue;
            }
            int index = known.fieldIndex(fieldName);
            if (index >= 0 && convert(known.fields().get(index), value) != null) {
                continue;
            }
            if (fields == null) {
                fields = new ArrayList<>(known.fields());
            }
            if (index < 0) {
                fields.add(inferred(fieldName, value));
            } else if (known.isDynamic()) {
                fields.set(index, FieldInfo.dynamic(fieldName, FieldKind.TEXT, Unit.NONE, false));
            } else {
                throw new BadLineException(
                        "field '" + fieldName + "' cannot be " + JsonValues.text(value));
            }
        }
        if (fields == null) {
            return known;
        }
        EventTypeInfo wider =
                new EventTypeInfo(
                        known.id(), name, known.layer(), fields, known.doc(), known.source());
        types.put(name, wider);
        return wider;
    }

    /// The values of a line in the order of its type.
    static @Nullable Object[] row(EventTypeInfo type, Map<?, ?> values) {
        @Nullable Object[] row = new Object[type.fields().size()];
        for (int i = 0; i < row.length; i++) {
            Object value = values.get(type.fields().get(i).name());
            row[i] = value == null ? null : convert(type.fields().get(i), value);
        }
        return row;
    }

    /// A JSON value as a value of the field, or null if it is none.
    private static @Nullable Object convert(FieldInfo field, Object value) {
        return switch (field.kind()) {
            case INT -> integer(value);
            case BOOL -> value instanceof Boolean ? value : null;
            case TEXT -> JsonValues.text(value);
            case ENUM ->
                    value instanceof String label && field.labels().contains(label) ? label : null;
            case BYTES -> value instanceof String hex ? bytes(hex) : null;
        };
    }

    private static @Nullable Long integer(Object value) {
        return switch (value) {
            case Long number -> number;
            case BigInteger number ->
                    number.signum() > 0 && number.compareTo(LIMIT) < 0 ? number.longValue() : null;
            case String text -> hexadecimal(text);
            default -> null;
        };
    }

    private static @Nullable Long hexadecimal(String text) {
        boolean prefixed = text.startsWith("0x") && text.length() > 2 && text.length() <= 18;
        if (!prefixed || !text.substring(2).chars().allMatch(HexFormat::isHexDigit)) {
            return null;
        }
        return Long.parseUnsignedLong(text, 2, text.length(), 16);
    }

    private static byte @Nullable [] bytes(String hex) {
        boolean valid = hex.length() % 2 == 0 && hex.chars().allMatch(HexFormat::isHexDigit);
        return valid ? HexFormat.of().parseHex(hex) : null;
    }

    private static FieldInfo inferred(String name, Object value) {
        return switch (value) {
            case Boolean _ -> FieldInfo.dynamic(name, FieldKind.BOOL, Unit.NONE, false);
            case Long _ -> FieldInfo.dynamic(name, FieldKind.INT, Unit.NONE, true);
            case BigInteger number when integer(number) != null ->
                    FieldInfo.dynamic(name, FieldKind.INT, Unit.NONE, false);
            case String text when isCanonicalHex(text) ->
                    FieldInfo.dynamic(name, FieldKind.INT, Unit.HEX, false);
            default -> FieldInfo.dynamic(name, FieldKind.TEXT, Unit.NONE, false);
        };
    }

    /// Whether writing the number gives the same text again.
    private static boolean isCanonicalHex(String text) {
        Long number = hexadecimal(text);
        return number != null && text.equals("0x" + Long.toHexString(number));
    }
}
