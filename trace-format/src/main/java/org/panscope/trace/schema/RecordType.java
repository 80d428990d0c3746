package org.panscope.trace.schema;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.Labelled;
import org.panscope.trace.event.TraceEvent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One compiled-in event type: its record class, its description, and the two conversions between a
/// record and a row of field values.
public final class RecordType {
    private final Class<? extends TraceEvent> recordClass;
    private final EventTypeInfo info;
    private final Component[] components;
    private final MethodHandle constructor;

    RecordType(Class<? extends TraceEvent> recordClass) {
        this.recordClass = recordClass;
        EventType declared = recordClass.getAnnotation(EventType.class);
        if (declared == null) {
            throw new IllegalStateException(recordClass.getName() + " has no @EventType");
        }
        RecordComponent[] declaredComponents = recordClass.getRecordComponents();
        List<FieldInfo> fields = new ArrayList<>();
        components = new Component[declaredComponents.length];
        Class<?>[] parameterTypes = new Class<?>[declaredComponents.length];
        for (int i = 0; i < components.length; i++) {
            components[i] = Component.of(recordClass, declaredComponents[i]);
            fields.add(components[i].info());
            parameterTypes[i] = declaredComponents[i].getType();
        }
        info =
                new EventTypeInfo(
                        declared.id(),
                        snakeCase(recordClass.getSimpleName(), true),
                        declared.layer(),
                        fields,
                        declared.doc(),
                        declared.source());
        try {
            constructor =
                    MethodHandles.publicLookup()
                            .findConstructor(
                                    recordClass, MethodType.methodType(void.class, parameterTypes))
                            .asSpreader(Object[].class, parameterTypes.length)
                            .asType(MethodType.methodType(TraceEvent.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "no accessible constructor: " + recordClass.getName(), e);
        }
    }

    public Class<? extends TraceEvent> recordClass() {
        return recordClass;
    }

    public EventTypeInfo info() {
        return info;
    }

    /// Value of one component in the Java type of its field kind, or null when absent.
    public @Nullable Object value(TraceEvent event, int field) {
        return components[field].valueOf(event);
    }

    /// All values of an event, in field order.
    public @Nullable Object[] values(TraceEvent event) {
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].valueOf(event);
        }
        return values;
    }

    /// Hands all values of an event to a sink, in field order.
    public void visit(TraceEvent event, FieldSink sink) {
        for (int i = 0; i < components.length; i++) {
            components[i].visit(event, i, sink);
        }
    }

    /// The record with these field values, or null when a value that is not optional is absent,
    /// does not fit its component, or is a label unknown to this version.
    public @Nullable TraceEvent create(@Nullable Object[] values) {
        @Nullable Object[] arguments = new Object[components.length];
        for (int i = 0; i < arguments.length; i++) {
            Object argument = components[i].toArgument(values[i]);
            if (argument == null && !components[i].info().optional()) {
                return null;
            }
            arguments[i] = argument;
        }
        try {
            return (TraceEvent) constructor.invokeExact(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(
                    "constructor of " + recordClass.getName() + " failed", e);
        }
    }

    /// `RingWrite` to `RING_WRITE` (upper) or `ringVa` to `ring_va`.
    static String snakeCase(String camelCase, boolean upper) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < camelCase.length(); i++) {
            char c = camelCase.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                out.append('_');
            }
            out.append(upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
        }
        return out.toString();
    }

    /// One record component with its accessor.
    private record Component(
            FieldInfo info,
            Class<?> type,
            ComponentAccessor accessor,
            Map<String, Object> constants) {

        static Component of(Class<?> owner, RecordComponent component) {
            Field declared = component.getAnnotation(Field.class);
            if (declared == null) {
                throw new IllegalStateException(
                        owner.getName() + "." + component.getName() + " has no @Field");
            }
            Class<?> type = component.getType();
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            Map<String, Object> constants = new LinkedHashMap<>();
            if (type.isEnum()) {
                for (Object constant : type.getEnumConstants()) {
                    constants.put(((Labelled) constant).label(), constant);
                }
            }
            FieldInfo info =
                    new FieldInfo(
                            snakeCase(component.getName(), false),
                            kindOf(owner, component, type),
                            declared.value(),
                            isSigned(declared.value()),
                            optional,
                            List.copyOf(constants.keySet()),
                            declared.doc());
            return new Component(info, type, new ComponentAccessor(owner, component), constants);
        }

        private static FieldKind kindOf(Class<?> owner, RecordComponent component, Class<?> type) {
            if (type == long.class
                    || type == int.class
                    || type == Long.class
                    || type == Integer.class) {
                return FieldKind.INT;
            } else if (type == boolean.class || type == Boolean.class) {
                return FieldKind.BOOL;
            } else if (type == String.class) {
                return FieldKind.TEXT;
            } else if (type == byte[].class) {
                return FieldKind.BYTES;
            } else if (type.isEnum() && Labelled.class.isAssignableFrom(type)) {
                return FieldKind.ENUM;
            }
            throw new IllegalStateException(
                    owner.getName() + "." + component.getName() + " has type " + type);
        }

        private static boolean isSigned(Unit unit) {
            return unit == Unit.NS
                    || unit == Unit.ERRNO
                    || unit == Unit.INDEX
                    || unit == Unit.ID
                    || unit == Unit.EVENT;
        }

        @SuppressWarnings("EnumOrdinal") // labels are numbered in ordinal order
        void visit(TraceEvent event, int field, FieldSink sink) {
            if (accessor.isNumber()) {
                sink.number(field, accessor.number(event));
                return;
            }
            Object value = accessor.object(event);
            if (value == null) {
                sink.absent(field);
                return;
            }
            switch (info.kind()) {
                case INT -> sink.number(field, ((Number) value).longValue());
                case BOOL -> sink.number(field, (Boolean) value ? 1 : 0);
                case TEXT -> sink.text(field, (String) value);
                case BYTES -> sink.bytes(field, (byte[]) value);
                case ENUM -> sink.number(field, ((Enum<?>) value).ordinal());
            }
        }

        @Nullable Object valueOf(TraceEvent event) {
            Object value = accessor.object(event);
            return switch (value) {
                case null -> null;
                case Integer number -> number.longValue();
                case Labelled constant -> constant.label();
                default -> value;
            };
        }

        @Nullable Object toArgument(@Nullable Object value) {
            if (value instanceof Long number && (type == int.class || type == Integer.class)) {
                int narrow = number.intValue();
                return narrow == number ? narrow : null;
            }
            if (value instanceof String label && type.isEnum()) {
                return constants.get(label);
            }
            return value;
        }
    }
}
