package org.panscope.core.record;

import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

/// Sees every event of a machine that is of the vocabulary, at the instant it is recorded, after it
/// got its sequence number. The machine stands still meanwhile, so a listener may compare the event
/// with the live parts.
@FunctionalInterface
public interface EventListener {
    void onEvent(long seq, EventHeader header, TraceEvent event);
}
