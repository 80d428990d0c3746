package org.panscope.core.state;

import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.Event;

import java.util.List;

/// Says what an event of a capture means in the words of the vocabulary. Must depend on nothing but
/// the event, so that a state can be reached from any keyframe.
@FunctionalInterface
public interface EventTranslator {
    /// Understands nothing.
    EventTranslator NONE = event -> List.of();

    /// The vocabulary events this event stands for, in order; empty when there are none.
    List<TraceEvent> translate(Event event);
}
