package org.panscope.core.sim;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.EventTypeInfo;

/// Who listens to a machine. The machine's parts know this interface and nothing of what is behind
/// it.
public interface Recorder {
    /// Id of the track (parent, kind, name), made when it is new; parent is -1 for a root.
    int track(int parent, String kind, String name);

    /// Takes an event.
    ///
    /// @return its sequence number, which later events may name as their cause
    long record(EventHeader header, TraceEvent event);

    /// Takes an event of a type that is not of the vocabulary, such as a tracepoint of the emulated
    /// kernel. A machine whose tracepoints are off records none.
    ///
    /// @param values one per field of `type`
    /// @return its sequence number
    /// @throws IllegalStateException if this recorder keeps the vocabulary only
    default long record(EventHeader header, EventTypeInfo type, @Nullable Object... values) {
        throw new IllegalStateException(
                "type=" + type.name() + " is recorded where only the vocabulary is kept");
    }
}
