package org.panscope.trace.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;

import java.io.StringWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON value as plain Java: `Map`, `List`, `String`, `Boolean`, `Long`, `BigInteger` for larger
/// integers, [Decimal] for other numbers, null.
final class JsonValues {
    /// Most values in one line.
    private static final int MAX_VALUES = 1 << 20;

    private final JsonParser json;
    private int values;

    private JsonValues(JsonParser json) {
        this.json = json;
    }

    /// A number that is no integer, as written.
    record Decimal(String text) {}

    /// The members of the object the parser stands on.
    static Map<String, @Nullable Object> readObject(JsonParser json) throws BadLineException {
        return new JsonValues(json).readObject();
    }

    /// The value the parser stands on.
    private @Nullable Object read() throws BadLineException {
        if (++values > MAX_VALUES) {
            throw new BadLineException("more than " + MAX_VALUES + " values");
        }
        return switch (json.currentToken()) {
            case START_OBJECT -> readObject();
            case START_ARRAY -> readArray();
            case VALUE_STRING -> json.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> integer(json.getString());
            case VALUE_NUMBER_FLOAT -> new Decimal(json.getString());
            default -> null;
        };
    }

    private Map<String, @Nullable Object> readObject() throws BadLineException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            members.put(name, read());
        }
        return members;
    }

    private List<@Nullable Object> readArray() throws BadLineException {
        List<@Nullable Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(read());
        }
        return items;
    }

    private static Object integer(String text) {
        if (text.length() < 19) {
            return Long.parseLong(text);
        }
        BigInteger value = new BigInteger(text);
        return value.bitLength() < 64 ? (Object) value.longValue() : value;
    }

    /// Scalars as they read; objects and arrays as JSON.
    static String text(@Nullable Object value) {
        return switch (value) {
            case Decimal decimal -> decimal.text();
            case Map<?, ?> members -> json(members);
            case List<?> items -> json(items);
            case null, default -> String.valueOf(value);
        };
    }

    private static String json(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                JsonlEventFormat.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, value);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Boolean flag -> json.writeBoolean(flag);
            case Map<?, ?> members -> {
                json.writeStartObject();
                members.forEach((name, member) -> {
                    json.writeName(String.valueOf(name));
                    write(json, member);
                });
                json.writeEndObject();
            }
            case List<?> items -> {
                json.writeStartArray();
                items.forEach(item -> write(json, item));
                json.writeEndArray();
            }
            default -> json.writeNumber(text(value));
        }
    }
}
