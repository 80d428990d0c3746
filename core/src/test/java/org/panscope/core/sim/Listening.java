package org.panscope.core.sim;

import org.panscope.trace.event.MarkEvent.Mark;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;

/// Keeps what a simulation tells.
final class Listening implements Recorder {
    final List<EventHeader> headers = new ArrayList<>();
    final List<TraceEvent> events = new ArrayList<>();
    private final List<String> tracks = new ArrayList<>();

    @Override
    public int track(int parent, String kind, String name) {
        String track = parent + "/" + kind + "/" + name;
        int known = tracks.indexOf(track);
        if (known >= 0) {
            return known;
        }
        tracks.add(track);
        return tracks.size() - 1;
    }

    @Override
    public long record(EventHeader header, TraceEvent event) {
        headers.add(header);
        events.add(event);
        return events.size() - 1L;
    }

    /// The texts of all marks, in order.
    List<String> marks() {
        List<String> texts = new ArrayList<>();
        for (TraceEvent event : events) {
            if (event instanceof Mark mark) {
                texts.add(mark.text());
            }
        }
        return texts;
    }
}
