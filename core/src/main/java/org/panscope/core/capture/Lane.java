package org.panscope.core.capture;

import org.panscope.trace.schema.EventTypeInfo;

/// Gives the events of one family their tracks.
interface Lane {
    /// The family's rules for events of one type, which know the places of its fields.
    TypeLane of(EventTypeInfo type);
}
