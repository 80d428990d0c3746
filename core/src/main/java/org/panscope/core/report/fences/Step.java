package org.panscope.core.report.fences;

import org.panscope.core.state.Cursor;
import org.panscope.trace.event.TraceEvent;

/// An event on its way through the collectors.
///
/// @param pid thread, or -1
record Step(long seq, long timeNs, int pid, TraceEvent event) {
    /// The cursor right behind it.
    String at() {
        return new Cursor(timeNs, seq + 1).toString();
    }
}
