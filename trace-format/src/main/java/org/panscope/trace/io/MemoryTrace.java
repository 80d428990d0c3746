package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldValues;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A small trace that stays in memory and can be read while it is written: for tools and tests, and
/// not for captures, because every event is an object of its own. Keeps the same contract as a file
/// that is written with [PscopeWriter] and read with [PscopeReader].
///
/// What it is given is copied. What it hands out is shared: the lists are views that grow, and the
/// byte arrays of events and keyframes must not be changed. Several threads may read once writing
/// is over.
public final class MemoryTrace implements Trace, TraceWriter {
    private final TraceHeader header;
    private final TrackIds tracks = new TrackIds();
    private final List<Event> events = new ArrayList<>();
    private final List<EventTypeInfo> types = new ArrayList<>();
    private final Map<EventTypeInfo, Integer> typeIndexes = new LinkedHashMap<>();
    private final List<Loss> losses = new ArrayList<>();
    private final Map<String, TreeMap<Long, Keyframe>> keyframes = new TreeMap<>();

    /// Greatest time of this event or any before it, by `seq`.
    private final LongList greatestTime = new LongList();

    private boolean closed;

    public MemoryTrace(TraceHeader header) {
        this.header = header;
    }

    /// A trace in virtual time, such as the emulator writes.
    ///
    /// @param source as in [TraceHeader#source()]
    public MemoryTrace(String source) {
        this(
                new TraceHeader(
                        TraceHeader.EMULATOR, source, "virtual", 0, "panscope", new TreeMap<>()));
    }

    /// As [#write(EventHeader, TraceEvent)], for one event after the other.
    public MemoryTrace add(EventHeader event, TraceEvent record) {
        write(event, record);
        return this;
    }

    /// Every event, by `seq`.
    public List<Event> events() {
        return Collections.unmodifiableList(events);
    }

    /// Whether its writer has finished it.
    public boolean isClosed() {
        return closed;
    }

    @Override
    public int track(int parent, String kind, String name) {
        return tracks.define(parent, kind, name);
    }

    @Override
    public long write(EventHeader event, TraceEvent record) {
        RecordType type = Vocabulary.get().of(record.getClass());
        return append(event, type.info(), type.values(record));
    }

    @Override
    public long write(EventHeader event, EventTypeInfo type, @Nullable Object... values) {
        FieldValues.check(type, values);
        return append(event, type, values);
    }

    @Override
    public void loss(Loss loss) {
        checkOpen();
        losses.add(loss);
    }

    @Override
    public void keyframe(String producer, long seq, byte[] state) {
        checkOpen();
        keyframes
                .computeIfAbsent(producer, name -> new TreeMap<>())
                .put(seq, new Keyframe(seq, state.clone()));
    }

    @Override
    public long eventCount() {
        return events.size();
    }

    /// Ends writing; the trace can still be read.
    @Override
    public void close() {
        closed = true;
    }

    @Override
    public TraceHeader header() {
        return header;
    }

    @Override
    public List<EventTypeInfo> types() {
        return Collections.unmodifiableList(types);
    }

    @Override
    public long[] typeCounts() {
        long[] counts = new long[types.size()];
        for (Event event : events) {
            counts[typeIndex(event)]++;
        }
        return counts;
    }

    @Override
    public List<TrackInfo> tracks() {
        return tracks.all();
    }

    @Override
    public List<Loss> losses() {
        return Collections.unmodifiableList(losses);
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
        return typeIndex(event(seq));
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
        if (seq < 0 || seq >= events.size()) {
            throw new IndexOutOfBoundsException(seq);
        }
        return events.get((int) seq);
    }

    @Override
    public EventCursor cursor(long fromSeq) {
        if (fromSeq < 0 || fromSeq > events.size()) {
            throw new IndexOutOfBoundsException(fromSeq);
        }
        return new MemoryCursor(this, fromSeq);
    }

    @Override
    public long firstAtOrAfter(long timeNs) {
        int first = 0;
        int end = greatestTime.size();
        while (first < end) {
            int middle = (first + end) >>> 1;
            if (greatestTime.get(middle) < timeNs) {
                first = middle + 1;
            } else {
                end = middle;
            }
        }
        return first;
    }

    @Override
    public @Nullable Keyframe keyframeAtOrBefore(String producer, long seq) {
        TreeMap<Long, Keyframe> ofProducer = keyframes.get(producer);
        if (ofProducer == null) {
            return null;
        }
        // One that stands outside the trace is of no use to anybody.
        Map.Entry<Long, Keyframe> entry = ofProducer.floorEntry(Math.min(seq, eventCount()));
        return entry == null || entry.getKey() < 0 ? null : entry.getValue();
    }

    private long append(EventHeader event, EventTypeInfo type, @Nullable Object[] values) {
        checkOpen();
        tracks.check(event);
        if (typeIndexes.putIfAbsent(type, types.size()) == null) {
            types.add(type);
        }
        int seq = events.size();
        events.add(new Event(seq, event, type, copy(values)));
        long before = seq == 0 ? Long.MIN_VALUE : greatestTime.get(seq - 1);
        greatestTime.add(Math.max(before, event.timeNs()));
        return seq;
    }

    private int typeIndex(Event event) {
        Integer index = typeIndexes.get(event.type());
        if (index == null) {
            throw new IllegalStateException(
                    "type=" + event.type().name() + " is not of this trace");
        }
        return index;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("source=" + header.source() + " is already finished");
        }
    }

    private static @Nullable Object[] copy(@Nullable Object[] values) {
        @Nullable Object[] copy = new Object[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values[i] instanceof byte[] bytes ? bytes.clone() : values[i];
        }
        return copy;
    }
}
