package org.panscope.core.sim;

import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

/// Who listens to a machine. The machine's parts know this interface and nothing of what is behind
/// it.
public interface Recorder {
    /// Id of the track (parent, kind, name), made when it is new; parent is -1 for a root.
    int track(int parent, String kind, String name);

    /// Takes an event.
    ///
    /// @return its sequence number, which later events may name as their cause
    long record(EventHeader header, TraceEvent event);
}
