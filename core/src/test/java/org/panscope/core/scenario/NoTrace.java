package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.HashMap;
import java.util.Map;

/// A trace that nobody wants to read: only its events are counted.
final class NoTrace implements TraceWriter {
    private final Map<String, Integer> tracks = new HashMap<>();
    private long events;

    @Override
    public int track(int parent, String kind, String name) {
        return tracks.computeIfAbsent(parent + "/" + kind + "/" + name, _ -> tracks.size());
    }

    @Override
    public long write(EventHeader header, TraceEvent event) {
        return events++;
    }

    @Override
    public long write(EventHeader header, EventTypeInfo type, @Nullable Object... values) {
        return events++;
    }

    @Override
    public void loss(Loss loss) {}

    @Override
    public void keyframe(String producer, long seq, byte[] state) {}

    @Override
    public long eventCount() {
        return events;
    }

    @Override
    public void close() {}
}
