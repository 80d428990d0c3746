package org.panscope.core.fw;

import org.panscope.core.sim.Recorder;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;

/// Keeps every event of a run.
final class CollectingRecorder implements Recorder {
    final List<Entry> entries = new ArrayList<>();
    private final List<String> tracks = new ArrayList<>();

    record Entry(int seq, EventHeader header, TraceEvent event) {}

    @Override
    public int track(int parent, String kind, String name) {
        String key = parent + "/" + kind + "/" + name;
        int known = tracks.indexOf(key);
        if (known >= 0) {
            return known;
        }
        tracks.add(key);
        return tracks.size() - 1;
    }

    @Override
    public long record(EventHeader header, TraceEvent event) {
        int seq = entries.size();
        entries.add(new Entry(seq, header, event));
        return seq;
    }

    /// The event that made another one happen.
    Entry causeOf(Entry entry) {
        return entries.get((int) entry.header().cause());
    }

    <T extends TraceEvent> List<Entry> ofType(Class<T> type) {
        return entries.stream().filter(entry -> type.isInstance(entry.event())).toList();
    }
}
