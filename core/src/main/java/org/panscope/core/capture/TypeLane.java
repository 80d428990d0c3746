package org.panscope.core.capture;

import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.FieldRow;

/// Gives the events of one type their tracks.
@FunctionalInterface
interface TypeLane {
    /// No track: the family's rules do not place this event.
    int NONE = -1;

    /// The track of this event, or [#NONE].
    int track(TrackTable tracks, FieldRow row, EventHeader header);
}
