package org.panscope.trace.schema;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Reads one component of a record. Writing a trace does this for every field of every event, so it
/// goes through a class made for the component, as a method reference would; that is made when the
/// component is first read, since most programs read few of them.
final class ComponentAccessor {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final Class<?> owner;
    private final RecordComponent component;
    private final boolean isNumber;
    private @Nullable ToLongFunction<TraceEvent> number;
    private @Nullable Function<TraceEvent, @Nullable Object> object;

    /// @param owner the record class
    ComponentAccessor(Class<?> owner, RecordComponent component) {
        this.owner = owner;
        this.component = component;
        isNumber = component.getType() == long.class || component.getType() == int.class;
    }

    /// Whether it is a `long` or an `int`, for which [#number] spares an object.
    boolean isNumber() {
        return isNumber;
    }

    /// The value of a `long` or an `int`.
    long number(TraceEvent event) {
        ToLongFunction<TraceEvent> reader = number;
        if (reader == null) {
            reader = numberReader();
            number = reader;
        }
        return reader.applyAsLong(event);
    }

    /// The value, boxed where it is primitive.
    @Nullable Object object(TraceEvent event) {
        Function<TraceEvent, @Nullable Object> reader = object;
        if (reader == null) {
            reader = objectReader();
            object = reader;
        }
        return reader.apply(event);
    }

    @SuppressWarnings("unchecked") // the events of this type are records of the owner's class
    private ToLongFunction<TraceEvent> numberReader() {
        return (ToLongFunction<TraceEvent>)
                reader(ToLongFunction.class, "applyAsLong", long.class, long.class);
    }

    @SuppressWarnings("unchecked") // as above
    private Function<TraceEvent, @Nullable Object> objectReader() {
        Class<?> boxed = MethodType.methodType(component.getType()).wrap().returnType();
        return (Function<TraceEvent, @Nullable Object>)
                reader(Function.class, "apply", Object.class, boxed);
    }

    private Object reader(Class<?> function, String method, Class<?> erased, Class<?> result) {
        try {
            MethodHandle accessor = LOOKUP.unreflect(component.getAccessor());
            return LambdaMetafactory.metafactory(
                            LOOKUP,
                            method,
                            MethodType.methodType(function),
                            MethodType.methodType(erased, Object.class),
                            accessor,
                            MethodType.methodType(result, owner))
                    .getTarget()
                    .invoke();
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(
                    "no accessible " + owner.getName() + "." + component.getName(), e);
        }
    }
}
