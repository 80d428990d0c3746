package org.panscope.core.state;

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
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A trace made of events in a list, one microsecond apart unless said otherwise.
final class ListTrace implements Trace {
    private final List<Event> events = new ArrayList<>();
    private final List<EventTypeInfo> types = new ArrayList<>();
    private final TreeMap<Long, byte[]> keyframes = new TreeMap<>();

    static ListTrace of(TraceEvent... events) {
        ListTrace trace = new ListTrace();
        for (TraceEvent event : events) {
            trace.add(event);
        }
        return trace;
    }

    ListTrace add(TraceEvent event) {
        return add(EventHeader.at(events.size() * 1000L, 0), event);
    }

    ListTrace add(EventHeader header, TraceEvent event) {
        RecordType type = Vocabulary.get().of(event.getClass());
        return add(header, type.info(), type.values(event));
    }

    ListTrace add(EventHeader header, EventTypeInfo type, @Nullable Object... values) {
        if (!types.contains(type)) {
            types.add(type);
        }
        events.add(new Event(events.size(), header, type, values));
        return this;
    }

    void keyframe(String producer, long seq, byte[] state) {
        if (producer.equals(Keyframes.PRODUCER)) {
            keyframes.put(seq, state);
        }
    }

    int keyframeCount() {
        return keyframes.size();
    }

    /// The state after all events, reduced from the start.
    ReducedState end() {
        return at(events.size());
    }

    /// The state after the first events, reduced from the start.
    ReducedState at(int position) {
        StateBuilder builder = new StateBuilder();
        Reducer reducer = new Reducer();
        for (Event event : events.subList(0, position)) {
            reducer.apply(builder, event);
        }
        return builder.snapshot();
    }

    @Override
    public TraceHeader header() {
        return new TraceHeader("test", "test", "virtual", 0, "test", new TreeMap<>());
    }

    @Override
    public long eventCount() {
        return events.size();
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
        return List.of();
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
        return new ListCursor(this, fromSeq);
    }

    @Override
    public long firstAtOrAfter(long timeNs) {
        int first = 0;
        while (first < events.size() && events.get(first).timeNs() < timeNs) {
            first++;
        }
        return first;
    }

    @Override
    public @Nullable Keyframe keyframeAtOrBefore(String producer, long seq) {
        Map.Entry<Long, byte[]> entry = keyframes.floorEntry(seq);
        return entry == null || !producer.equals(Keyframes.PRODUCER)
                ? null
                : new Keyframe(entry.getKey(), entry.getValue());
    }

    @Override
    public void close() {}
}
