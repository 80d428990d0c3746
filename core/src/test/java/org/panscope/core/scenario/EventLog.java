package org.panscope.core.scenario;

import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What a run writes, as a list of records, for tests that look at every one of them.
final class EventLog {
    private final MemoryTrace trace = new MemoryTrace("run");
    private final List<Entry> entries = new ArrayList<>();

    /// One event.
    record Entry(long seq, EventHeader header, TraceEvent event) {}

    /// Where the run writes.
    MemoryTrace trace() {
        return trace;
    }

    List<Entry> entries() {
        while (entries.size() < trace.eventCount()) {
            Event event = trace.event(entries.size());
            TraceEvent record = Objects.requireNonNull(event.record(), event.toString());
            entries.add(new Entry(event.seq(), event.header(), record));
        }
        return entries;
    }

    Entry entry(long seq) {
        return entries().get((int) seq);
    }

    /// The events of one type, in order.
    <T extends TraceEvent> List<T> of(Class<T> type) {
        return entries().stream()
                .map(Entry::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
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
        return line.toString().replace("\n", " | ");
    }
}
