package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.schema.EventTypeInfo;

/// Walks over a [ListTrace].
final class ListCursor implements EventCursor {
    private final ListTrace trace;
    private long seq;

    ListCursor(ListTrace trace, long fromSeq) {
        this.trace = trace;
        seq = fromSeq - 1;
    }

    @Override
    public boolean next() {
        seq++;
        return seq < trace.eventCount();
    }

    @Override
    public Event event() {
        return trace.event(seq);
    }

    @Override
    public long seq() {
        return seq;
    }

    @Override
    public long timeNs() {
        return event().timeNs();
    }

    @Override
    public int typeIndex() {
        return trace.typeIndex(seq);
    }

    @Override
    public EventTypeInfo type() {
        return event().type();
    }

    @Override
    public int track() {
        return event().header().track();
    }

    @Override
    public long cause() {
        return event().header().cause();
    }

    @Override
    public boolean isCauseInferred() {
        return event().header().causeInferred();
    }

    @Override
    public int cpu() {
        return event().header().cpu();
    }

    @Override
    public int pid() {
        return event().header().pid();
    }

    @Override
    public @Nullable String comm() {
        return event().header().comm();
    }

    @Override
    public @Nullable String context() {
        return event().header().context();
    }

    @Override
    public @Nullable String locks() {
        return event().header().locks();
    }

    @Override
    public boolean isPresent(int field) {
        return event().value(field) != null;
    }

    @Override
    public long longValue(int field) {
        return switch (event().value(field)) {
            case Long number -> number;
            case Boolean flag -> flag ? 1 : 0;
            case String label -> type().fields().get(field).labels().indexOf(label);
            case null, default -> 0;
        };
    }

    @Override
    public @Nullable Object value(int field) {
        return event().value(field);
    }
}
