package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;

/// A place in a trace in memory, which is one of its events.
final class MemoryCursor implements EventCursor {
    private final MemoryTrace trace;
    private long seq;
    private @Nullable Event event;

    MemoryCursor(MemoryTrace trace, long fromSeq) {
        this.trace = trace;
        seq = fromSeq - 1;
    }

    @Override
    public boolean next() {
        if (seq + 1 >= trace.eventCount()) {
            return false;
        }
        seq++;
        event = trace.event(seq);
        return true;
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
        return trace.typeIndex(event().seq());
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
        return value(field) != null;
    }

    @Override
    public long longValue(int field) {
        return switch (value(field)) {
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

    @Override
    public Event event() {
        if (event == null) {
            throw new IllegalStateException("next() has not been called");
        }
        return event;
    }
}
