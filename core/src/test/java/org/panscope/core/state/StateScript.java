package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.schema.EventTypeInfo;

/// Events on one track, one microsecond apart unless said otherwise, and the states they add up to.
final class StateScript {
    private final MemoryTrace trace = new MemoryTrace("script");
    private final int track = trace.track(TrackInfo.ROOT, "cpu", "0");

    static StateScript of(TraceEvent... events) {
        StateScript script = new StateScript();
        for (TraceEvent event : events) {
            script.add(event);
        }
        return script;
    }

    StateScript add(TraceEvent event) {
        return add(EventHeader.at(eventCount() * 1000, track), event);
    }

    StateScript add(EventHeader header, TraceEvent event) {
        trace.write(header, event);
        return this;
    }

    StateScript add(EventHeader header, EventTypeInfo type, @Nullable Object... values) {
        trace.write(header, type, values);
        return this;
    }

    MemoryTrace trace() {
        return trace;
    }

    long eventCount() {
        return trace.eventCount();
    }

    Event event(long seq) {
        return trace.event(seq);
    }

    /// The state after all events, reduced from the start.
    ReducedState end() {
        return at(trace.events().size());
    }

    /// The state after the first events, reduced from the start.
    ReducedState at(int position) {
        StateBuilder builder = new StateBuilder();
        Reducer reducer = new Reducer();
        for (Event event : trace.events().subList(0, position)) {
            reducer.apply(builder, event);
        }
        return builder.snapshot();
    }
}
