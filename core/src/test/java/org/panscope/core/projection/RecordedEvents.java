package org.panscope.core.projection;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keeps what a machine records, for a checker that comes later.
final class RecordedEvents implements TraceWriter {
    private final List<EventHeader> headers = new ArrayList<>();
    private final List<TraceEvent> events = new ArrayList<>();
    private final Map<String, Integer> tracks = new LinkedHashMap<>();

    /// The events of one type, in order.
    <T extends TraceEvent> List<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    void replayInto(InvariantChecker checker) {
        for (int seq = 0; seq < events.size(); seq++) {
            checker.catchUp(seq, headers.get(seq), events.get(seq));
        }
    }

    @Override
    public int track(int parent, String kind, String name) {
        return tracks.computeIfAbsent(parent + "/" + kind + "/" + name, key -> tracks.size());
    }

    @Override
    public long write(EventHeader header, TraceEvent event) {
        headers.add(header);
        events.add(event);
        return events.size() - 1L;
    }

    @Override
    public long write(EventHeader header, EventTypeInfo type, @Nullable Object... values) {
        throw new UnsupportedOperationException("a machine records vocabulary events only");
    }

    @Override
    public void loss(Loss loss) {
        throw new UnsupportedOperationException("a machine loses nothing");
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
