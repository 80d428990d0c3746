package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The event that was recorded last, to be looked at by filters while a run goes on. Its types are
/// those of the vocabulary.
final class RecordedEvent implements EventCursor {
    /// What [#typeIndex()] counts in.
    static final List<EventTypeInfo> TYPES =
            Vocabulary.get().types().stream().map(RecordType::info).toList();

    private final Map<Class<?>, Integer> indexes = new LinkedHashMap<>();
    private final List<RecordType> types = new ArrayList<>(Vocabulary.get().types());
    private long seq;
    private @Nullable EventHeader header;
    private @Nullable TraceEvent event;
    private int typeIndex;

    RecordedEvent() {
        for (RecordType type : types) {
            indexes.put(type.recordClass(), indexes.size());
        }
    }

    void set(long newSeq, EventHeader newHeader, TraceEvent newEvent) {
        seq = newSeq;
        header = newHeader;
        event = newEvent;
        Integer index = indexes.get(newEvent.getClass());
        if (index == null) {
            throw new IllegalArgumentException("no type for " + newEvent.getClass());
        }
        typeIndex = index;
    }

    /// It is moved by [#set].
    @Override
    public boolean next() {
        return false;
    }

    @Override
    public long seq() {
        return seq;
    }

    @Override
    public long timeNs() {
        return header().timeNs();
    }

    @Override
    public int typeIndex() {
        return typeIndex;
    }

    @Override
    public EventTypeInfo type() {
        return TYPES.get(typeIndex);
    }

    @Override
    public int track() {
        return header().track();
    }

    @Override
    public long cause() {
        return header().cause();
    }

    @Override
    public boolean isCauseInferred() {
        return header().causeInferred();
    }

    @Override
    public int cpu() {
        return header().cpu();
    }

    @Override
    public int pid() {
        return header().pid();
    }

    @Override
    public @Nullable String comm() {
        return header().comm();
    }

    @Override
    public @Nullable String context() {
        return header().context();
    }

    @Override
    public @Nullable String locks() {
        return header().locks();
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
        return types.get(typeIndex).value(record(), field);
    }

    @Override
    public Event event() {
        return new Event(seq, header(), type(), types.get(typeIndex).values(record()));
    }

    private EventHeader header() {
        EventHeader known = header;
        if (known == null) {
            throw new IllegalStateException("nothing has been recorded");
        }
        return known;
    }

    private TraceEvent record() {
        TraceEvent known = event;
        if (known == null) {
            throw new IllegalStateException("nothing has been recorded");
        }
        return known;
    }
}
