package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;

/// Chooses the track of each imported event. Called once per event, in order; may remember what it
/// has seen.
@FunctionalInterface
public interface TrackAssigner {
    /// The track of one event.
    ///
    /// @param writer where new tracks are defined
    /// @param type the event's type
    /// @param values one per field of `type`, null where absent
    /// @param header everything else known of the event; its own track is not set yet
    /// @return id of a track of `writer`
    int trackFor(
            TraceWriter writer, EventTypeInfo type, @Nullable Object[] values, EventHeader header);

    /// One track per CPU, and one for events whose CPU is not known.
    static TrackAssigner perCpu() {
        return (writer, type, values, header) -> {
            int parent = writer.track(TrackInfo.ROOT, "cpus", "cpus");
            return header.cpu() == EventHeader.UNKNOWN
                    ? writer.track(parent, "cpu", "cpu unknown")
                    : writer.track(parent, "cpu", "cpu " + header.cpu());
        };
    }
}
