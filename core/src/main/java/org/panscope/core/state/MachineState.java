package org.panscope.core.state;

import org.jspecify.annotations.Nullable;

import java.util.SortedMap;

/// What everybody believed after the first [#position] events of a trace. Immutable.
public interface MachineState {
    /// Number of events that led here; the next event to come has this sequence number.
    long position();

    /// Time of the last of them, in ns; 0 before the first.
    long timeNs();

    /// All objects known, in order.
    SortedMap<ObjectId, ObjectState> objects();

    /// One object, or null when nothing was heard of it.
    default @Nullable ObjectState object(ObjectId id) {
        return objects().get(id);
    }

    MemoryView memory();
}
