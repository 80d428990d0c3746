package org.panscope.core.sql.derived;

import org.panscope.core.state.Cursor;
import org.panscope.trace.io.Event;

/// An event as the place of something.
record Moment(long seq, long timeNs) {
    static Moment of(Event event) {
        return new Moment(event.seq(), event.timeNs());
    }

    /// The state right after it.
    String cursor() {
        return new Cursor(timeNs, seq + 1).toString();
    }
}
