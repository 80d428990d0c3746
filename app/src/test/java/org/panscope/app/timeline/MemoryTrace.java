package org.panscope.app.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A small trace written and read in memory.
public final class MemoryTrace implements Trace, TraceWriter {
    private final List<TrackInfo> tracks = new ArrayList<>();
    private final List<EventTypeInfo> types = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final TraceHeader header;

    public MemoryTrace(String source) {
        header =
                new TraceHeader("emulator", source, "virtual", 0, "panscope test", new TreeMap<>());
    }

    @Override
    public int track(int parent, String kind, String name) {
        for (TrackInfo track : tracks) {
            if (track.parent() == parent
                    && track.kind().equals(kind)
                    && track.name().equals(name)) {
                return track.id();
            }
        }
        tracks.add(new TrackInfo(tracks.size(), parent, kind, name));
        return tracks.size() - 1;
    }

    @Override
    public long write(EventHeader eventHeader, TraceEvent event) {
        RecordType type = Vocabulary.get().of(event.getClass());
        return write(eventHeader, type.info(), type.values(event));
    }

    @Override
    public long write(EventHeader eventHeader, EventTypeInfo type, @Nullable Object... values) {
        if (!types.contains(type)) {
            types.add(type);
        }
        events.add(new Event(events.size(), eventHeader, type, values));
        return events.size() - 1L;
    }

    @Override
    public void loss(Loss loss) {
        losses.add(loss);
    }

    @Override
    public void keyframe(String producer, long seq, byte[] state) {
        throw new UnsupportedOperationException("keyframes");
    }

    @Override
    public long eventCount() {
        return events.size();
    }

    @Override
    public TraceHeader header() {
        return header;
    }

    @Override
    public List<EventTypeInfo> types() {
        return types;
    }

    @Override
    public long[] typeCounts() {
        long[] counts = new long[types.size()];
        for (Event event : events) {
            counts[types.indexOf(event.type())]++;
        }
        return counts;
    }

    @Override
    public List<TrackInfo> tracks() {
        return tracks;
    }

    @Override
    public List<Loss> losses() {
        return losses;
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
        return types.indexOf(event(seq).type());
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
        return events.get((int) seq);
    }

    @Override
    public EventCursor cursor(long fromSeq) {
        return new Cursor((int) fromSeq - 1);
    }

    @Override
    public long firstAtOrAfter(long timeNs) {
        for (Event event : events) {
            if (event.timeNs() >= timeNs) {
                return event.seq();
            }
        }
        return events.size();
    }

    @Override
    public Trace.@Nullable Keyframe keyframeAtOrBefore(String producer, long seq) {
        return null;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private final class Cursor implements EventCursor {
        private int at;

        Cursor(int at) {
            this.at = at;
        }

        @Override
        public boolean next() {
            return ++at < events.size();
        }

        @Override
        public long seq() {
            return at;
        }

        @Override
        public long timeNs() {
            return event().timeNs();
        }

        @Override
        public int typeIndex() {
            return types.indexOf(event().type());
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
            Object value = value(field);
            if (value instanceof Boolean flag) {
                return flag ? 1 : 0;
            }
            return value instanceof Long number ? number : 0;
        }

        @Override
        public @Nullable Object value(int field) {
            return event().value(field);
        }

        @Override
        public Event event() {
            return events.get(at);
        }
    }
}
