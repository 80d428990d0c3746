package org.panscope.trace.json;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Typed access to the members of a JSON object. Missing members are null; members of a wrong type
/// are errors that name them.
record JsonMembers(Map<?, ?> members) {

    boolean has(String name) {
        return members.get(name) != null;
    }

    @Nullable Long integer(String name) throws BadLineException {
        return switch (members.get(name)) {
            case null -> null;
            case Long number -> number;
            case Object other -> throw wrong(name, "a 64-bit integer", other);
        };
    }

    long integer(String name, long otherwise) throws BadLineException {
        Long value = integer(name);
        return value == null ? otherwise : value;
    }

    int int32(String name, int otherwise) throws BadLineException {
        long value = integer(name, otherwise);
        if (value != (int) value) {
            throw wrong(name, "a 32-bit integer", value);
        }
        return (int) value;
    }

    @Nullable String text(String name) throws BadLineException {
        return switch (members.get(name)) {
            case null -> null;
            case String text -> text;
            case Object other -> throw wrong(name, "a string", other);
        };
    }

    String text(String name, String otherwise) throws BadLineException {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    boolean flag(String name) throws BadLineException {
        return switch (members.get(name)) {
            case null -> false;
            case Boolean flag -> flag;
            case Object other -> throw wrong(name, "true or false", other);
        };
    }

    @Nullable JsonMembers object(String name) throws BadLineException {
        return switch (members.get(name)) {
            case null -> null;
            case Map<?, ?> object -> new JsonMembers(object);
            case Object other -> throw wrong(name, "an object", other);
        };
    }

    List<?> array(String name) throws BadLineException {
        return switch (members.get(name)) {
            case null -> List.of();
            case List<?> items -> items;
            case Object other -> throw wrong(name, "an array", other);
        };
    }

    /// The constant whose lower-case name is this member.
    <E extends Enum<E>> E constant(String name, Class<E> type, E otherwise)
            throws BadLineException {
        String label = text(name);
        if (label == null) {
            return otherwise;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(label)) {
                return constant;
            }
        }
        throw new BadLineException("'" + name + "' is '" + label + "', which is unknown");
    }

    private static BadLineException wrong(String name, String wanted, Object value) {
        return new BadLineException(
                "'" + name + "' must be " + wanted + ", but is " + JsonValues.text(value));
    }
}
