package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.List;

/// A trace that stays in memory.
final class CollectingWriter implements TraceWriter {
    final TraceHeader header;
    final List<Event> events = new ArrayList<>();
    final List<TrackInfo> tracks = new ArrayList<>();
    final List<Loss> losses = new ArrayList<>();
    boolean closed;

    CollectingWriter(TraceHeader header) {
        this.header = header;
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
        if (eventHeader.track() < 0 || eventHeader.track() >= tracks.size()) {
            throw new IllegalArgumentException("track=" + eventHeader.track());
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
        throw new IllegalStateException("an import writes no state");
    }

    @Override
    public long eventCount() {
        return events.size();
    }

    @Override
    public void close() {
        closed = true;
    }
}
