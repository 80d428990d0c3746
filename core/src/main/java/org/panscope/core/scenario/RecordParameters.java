package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A record of parameters, its components addressable by name: component `tickPeriodNs` of the
/// record with prefix `kernel` is `kernel.tick_period_ns`. Numbers, truth values and enums can be
/// set; components of other types are left alone.
final class RecordParameters<R extends Record> {
    private final String prefix;
    private final Class<R> type;
    private final RecordComponent[] components;
    private final @Nullable Object[] defaults;
    private final @Nullable Object[] values;

    /// Parameters that have the values of `defaults`.
    RecordParameters(String prefix, Class<R> type, R defaults) {
        this.prefix = prefix;
        this.type = type;
        components = type.getRecordComponents();
        this.defaults = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            this.defaults[i] = read(components[i], defaults);
        }
        values = this.defaults.clone();
    }

    /// A parameter and its values, as text.
    record Entry(String name, String value, String defaultValue) {}

    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            if (isSettable(components[i])) {
                entries.add(new Entry(nameOf(components[i]), text(values[i]), text(defaults[i])));
            }
        }
        return entries;
    }

    /// Sets a parameter.
    ///
    /// @return false when it is not one of these
    /// @throws IllegalArgumentException with a sentence, when the value does not fit
    boolean set(String name, String value) {
        for (int i = 0; i < components.length; i++) {
            if (isSettable(components[i]) && nameOf(components[i]).equals(name)) {
                values[i] = parse(name, components[i].getType(), value);
                return true;
            }
        }
        return false;
    }

    /// The record with the values set.
    ///
    /// @throws IllegalArgumentException when the record refuses them
    R build() {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException("record=" + type.getName(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("record=" + type.getName(), e);
        }
    }

    private static Object parse(String name, Class<?> type, String text) {
        if (type == boolean.class) {
            return switch (text) {
                case "true", "1", "on" -> true;
                case "false", "0", "off" -> false;
                default ->
                        throw new IllegalArgumentException(
                                name + " is true or false, not \"" + text + "\"");
            };
        }
        if (type.isEnum()) {
            return constant(name, type, text);
        }
        long number = number(name, text);
        if (type == int.class) {
            if (number != (int) number) {
                throw new IllegalArgumentException(name + " has 32 bits, " + text + " has more");
            }
            return (int) number;
        }
        return number;
    }

    private static Object constant(String name, Class<?> type, String label) {
        List<String> labels = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            if (text(constant).equals(label)) {
                return constant;
            }
            labels.add(text(constant));
        }
        throw new IllegalArgumentException(
                name + " is " + String.join(" or ", labels) + ", not \"" + label + "\"");
    }

    /// A value as it is written: a constant `RFC_2024` is `rfc-2024`.
    private static String text(@Nullable Object value) {
        return value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : String.valueOf(value);
    }

    /// A number, a duration where the name ends in `_ns`, or true and false as 1 and 0.
    static long number(String name, String text) {
        Long duration = name.endsWith("_ns") ? Durations.parse(text) : null;
        if (duration != null) {
            return duration;
        }
        return switch (text) {
            case "true" -> 1;
            case "false" -> 0;
            default -> {
                try {
                    yield Long.decode(text);
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(
                            name + " is a number, not \"" + text + "\"", e);
                }
            }
        };
    }

    private static boolean isSettable(RecordComponent component) {
        Class<?> componentType = component.getType();
        return componentType == long.class
                || componentType == int.class
                || componentType == boolean.class
                || componentType.isEnum();
    }

    private String nameOf(RecordComponent component) {
        return prefix
                + "."
                + component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("component=" + component.getName(), e);
        }
    }
}
