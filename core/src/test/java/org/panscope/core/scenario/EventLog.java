package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A trace kept as a list of events, for tests that look at every one of them.
final class EventLog implements TraceWriter {
    private final Map<TrackKey, Integer> tracks = new LinkedHashMap<>();
    private final List<TrackInfo> trackInfos = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    /// One event.
    record Entry(long seq, EventHeader header, TraceEvent event) {}

    private record TrackKey(int parent, String kind, String name) {}

    List<Entry> entries() {
        return entries;
    }

    Entry entry(long seq) {
        return entries.get((int) seq);
    }

    TrackInfo trackInfo(int track) {
        return trackInfos.get(track);
    }

    /// The events of one type, in order.
    <T extends TraceEvent> List<T> of(Class<T> type) {
        return entries.stream().map(Entry::event).filter(type::isInstance).map(type::cast).toList();
    }

    /// `RING_WRITE gid=1 queue=0 ...`: the name and every value but raw bytes, of which only the
    /// number is told.
    static String line(TraceEvent event) {
        RecordType type = Vocabulary.get().of(event.getClass());
        StringBuilder line = new StringBuilder(type.info().name());
        for (int i = 0; i < type.info().fields().size(); i++) {
            Object value = type.value(event, i);
            if (value == null) {
                continue;
            }
            line.append(' ').append(type.info().fields().get(i).name()).append('=');
            if (value instanceof byte[] bytes) {
                line.append('[').append(bytes.length).append(']');
            } else if (value instanceof Long number
                    && type.info().fields().get(i).unit().isHexadecimal()) {
                line.append("0x").append(Long.toHexString(number));
            } else {
                line.append(value);
            }
        }
        return line.toString();
    }

    @Override
    public int track(int parent, String kind, String name) {
        return tracks.computeIfAbsent(
                new TrackKey(parent, kind, name),
                key -> {
                    trackInfos.add(new TrackInfo(trackInfos.size(), parent, kind, name));
                    return trackInfos.size() - 1;
                });
    }

    @Override
    public long write(EventHeader header, TraceEvent event) {
        entries.add(new Entry(entries.size(), header, event));
        return eventCount() - 1;
    }

    @Override
    public long write(EventHeader header, EventTypeInfo type, @Nullable Object... values) {
        throw new UnsupportedOperationException("an emulator writes compiled-in events only");
    }

    @Override
    public void loss(Loss loss) {
        throw new UnsupportedOperationException("an emulator loses nothing");
    }

    @Override
    public void keyframe(String producer, long seq, byte[] state) {}

    @Override
    public long eventCount() {
        return entries.size();
    }

    @Override
    public void close() {}
}
