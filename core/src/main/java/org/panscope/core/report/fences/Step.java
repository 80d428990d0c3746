package org.panscope.core.report.fences;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fields.StreamTrack;
import org.panscope.core.state.Cursor;
import org.panscope.trace.event.TraceEvent;

/// An event on its way through the collectors.
///
/// @param pid thread, or -1
/// @param stream command stream whose track it stands on, or null
record Step(long seq, long timeNs, int pid, @Nullable StreamTrack stream, TraceEvent event) {
    /// The cursor right behind it.
    String at() {
        return new Cursor(timeNs, seq + 1).toString();
    }
}
