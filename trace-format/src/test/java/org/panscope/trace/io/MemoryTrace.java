package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A writer that keeps what it is given: what files are compared with.
public final class MemoryTrace implements TraceWriter {
    private final TraceHeader header;
    private final List<Event> events = new ArrayList<>();
    private final List<TrackInfo> tracks = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final Set<EventTypeInfo> types = new LinkedHashSet<>();

    public MemoryTrace(TraceHeader header) {
        this.header = header;
    }

    public TraceHeader header() {
        return header;
    }

    public List<Event> events() {
        return events;
    }

    public List<TrackInfo> tracks() {
        return tracks;
    }

    public List<Loss> losses() {
        return losses;
    }

    /// In order of first use.
    public List<EventTypeInfo> types() {
        return List.copyOf(types);
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
    public long write(EventHeader event, TraceEvent record) {
        RecordType type = Vocabulary.get().of(record.getClass());
        return write(event, type.info(), type.values(record));
    }

    @Override
    public long write(EventHeader event, EventTypeInfo type, @Nullable Object... values) {
        types.add(type);
        events.add(new Event(events.size(), event, type, values));
        return events.size() - 1L;
    }

    @Override
    public void loss(Loss loss) {
        losses.add(loss);
    }

    @Override
    public void keyframe(String producer, long seq, byte[] state) {}

    @Override
    public long eventCount() {
        return events.size();
    }

    @Override
    public void close() {}
}
