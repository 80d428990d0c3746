package org.panscope.core.filter;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// A small trace written by hand, held as a list.
final class ListTrace implements Trace {
    private final List<Event> events = new ArrayList<>();
    private final List<TrackInfo> tracks = new ArrayList<>();
    private final Set<EventTypeInfo> types = new LinkedHashSet<>();

    int track(int parent, String kind, String name) {
        tracks.add(new TrackInfo(tracks.size(), parent, kind, name));
        return tracks.size() - 1;
    }

    ListTrace add(EventHeader header, TraceEvent event) {
        RecordType type = Vocabulary.get().of(event.getClass());
        return add(header, type.info(), type.values(event));
    }

    ListTrace add(EventHeader header, EventTypeInfo type, @Nullable Object... values) {
        types.add(type);
        events.add(new Event(events.size(), header, type, values));
        return this;
    }

    @Override
    public TraceHeader header() {
        return new TraceHeader("test", "by hand", "virtual", 0, "test", new TreeMap<>());
    }

    @Override
    public long eventCount() {
        return events.size();
    }

    @Override
    public List<EventTypeInfo> types() {
        return List.copyOf(types);
    }

    @Override
    public long[] typeCounts() {
        long[] counts = new long[types.size()];
        for (Event event : events) {
            counts[types().indexOf(event.type())]++;
        }
        return counts;
    }

    @Override
    public List<TrackInfo> tracks() {
        return List.copyOf(tracks);
    }

    @Override
    public List<Loss> losses() {
        return List.of();
    }

    @Override
    public long firstTimeNs() {
        return events.isEmpty() ? 0 : events.getFirst().timeNs();
    }

    @Override
    public long lastTimeNs() {
        return events.isEmpty() ? 0 : events.getLast().timeNs();
    }

    @Override
    public long timeNs(long seq) {
        return event(seq).timeNs();
    }

    @Override
    public int typeIndex(long seq) {
        return types().indexOf(event(seq).type());
    }

    @Override
    public int track(long seq) {
        return event(seq).header().track();
    }

    @Override
    public long cause(long seq) {
        return event(seq).header().cause();
    }

    @Override
    public Event event(long seq) {
        return events.get(Math.toIntExact(seq));
    }

    @Override
    public EventCursor cursor(long fromSeq) {
        return new Cursor(fromSeq - 1);
    }

    @Override
    public long firstAtOrAfter(long timeNs) {
        long seq = 0;
        while (seq < eventCount() && timeNs(seq) < timeNs) {
            seq++;
        }
        return seq;
    }

    @Override
    public @Nullable Keyframe keyframeAtOrBefore(String producer, long seq) {
        return null;
    }

    @Override
    public void close() {}

    private final class Cursor implements EventCursor {
        private long seq;

        Cursor(long seq) {
            this.seq = seq;
        }

        @Override
        public boolean next() {
            seq++;
            return seq < eventCount();
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
            return ListTrace.this.typeIndex(seq);
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
            FieldInfo info = type().fields().get(field);
            return switch (event().value(field)) {
                case Long number -> number;
                case Boolean bool -> bool ? 1 : 0;
                case String label -> info.labels().indexOf(label);
                case null, default -> 0;
            };
        }

        @Override
        public @Nullable Object value(int field) {
            return event().value(field);
        }

        @Override
        public Event event() {
            return ListTrace.this.event(seq);
        }
    }
}
