package org.panscope.core.timeline;

import org.panscope.trace.io.EventCursor;

/// Turns events of one type into content of rows.
interface Handler {
    void on(EventCursor event);
}
