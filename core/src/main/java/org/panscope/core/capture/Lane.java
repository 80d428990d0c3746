package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;

/// Gives the events of one family their tracks.
interface Lane {
    /// The track of this event, or null when the family's rules do not place it.
    @Nullable Integer track(TrackTable tracks, CaptureEvent event);
}
