package org.panscope.app.events;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Event;

/// One row of the event list, made when it comes into view.
///
/// @param event the event
/// @param sincePreviousNs time since the row above, or null for the first row
/// @param track name of its track
/// @param path names of the tracks around it, and of the track
public record EventRow(Event event, @Nullable Long sincePreviousNs, String track, String path) {
    public long seq() {
        return event.seq();
    }
}
