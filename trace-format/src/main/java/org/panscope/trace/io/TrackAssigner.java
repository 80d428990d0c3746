package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldRow;

/// Chooses the track of each imported event. Called once per event, in order; may remember what it
/// has seen.
@FunctionalInterface
public interface TrackAssigner {
    /// The track of one event.
    ///
    /// @param writer where new tracks are defined
    /// @param row the event's type and values
    /// @param header everything else known of the event; its own track is not set yet
    /// @return id of a track of `writer`
    int trackFor(TraceWriter writer, FieldRow row, EventHeader header);

    /// As [#trackFor(TraceWriter, FieldRow, EventHeader)].
    ///
    /// @param values one per field of `type`, null where absent
    default int trackFor(
            TraceWriter writer, EventTypeInfo type, @Nullable Object[] values, EventHeader header) {
        return trackFor(writer, FieldRow.of(type, values), header);
    }

    /// One track per CPU, and one for events whose CPU is not known.
    static TrackAssigner perCpu() {
        return (writer, row, header) -> {
            int parent = writer.track(TrackInfo.ROOT, "cpus", "cpus");
            return header.cpu() == EventHeader.UNKNOWN
                    ? writer.track(parent, "cpu", "cpu unknown")
                    : writer.track(parent, "cpu", "cpu " + header.cpu());
        };
    }
}
