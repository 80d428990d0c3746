package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;

/// A place in a trace that moves forward. Starts before the first event; call [#next()] first.
public interface EventCursor {
    /// Moves to the next event.
    ///
    /// @return false at the end
    boolean next();

    long seq();

    long timeNs();

    /// Position in [Trace#types()].
    int typeIndex();

    EventTypeInfo type();

    int track();

    long cause();

    boolean isCauseInferred();

    int cpu();

    int pid();

    @Nullable String comm();

    @Nullable String context();

    @Nullable String locks();

    boolean isPresent(int field);

    /// Value of an INT field, 0/1 of a BOOL field, label index of an ENUM field; 0 when absent.
    long longValue(int field);

    /// Value of a field in the Java type of its kind, or null when absent.
    @Nullable Object value(int field);

    /// This event as an object of its own.
    Event event();
}
