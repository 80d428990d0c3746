package org.panscope.trace.chrome;

import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TrackInfo;

import java.util.HashMap;
import java.util.Map;

/// Tracks of a file: `process` > `thread`, and inside the process `async` for what overlaps and
/// `counter`. Bounded; what finds no room shares the track of its process.
final class ChromeTracks {
    private static final int MOST = 50_000;
    private static final int LONGEST_NAME = 200;

    private final TraceWriter writer;
    private final ChromeNames names;
    private final Map<String, Integer> known = new HashMap<>();

    ChromeTracks(TraceWriter writer, ChromeNames names) {
        this.writer = writer;
        this.names = names;
    }

    /// The track an event stands on.
    int of(ChromeEvent event, ChromePhase phase) {
        if (phase.isAsync()) {
            String category = event.category();
            return child(
                    event.pid(),
                    "async",
                    ((category == null ? "" : category + " ") + event.id()).strip());
        }
        if (phase == ChromePhase.COUNTER) {
            String id = event.id();
            return child(
                    event.pid(), "counter", event.name() + (id == null ? "" : " [" + id + "]"));
        }
        String thread = names.thread(event.pid(), event.tid());
        String name = ((thread == null ? "" : thread) + " " + event.tid()).strip();
        return child(event.pid(), "thread", name.isEmpty() ? "thread unknown" : name);
    }

    private int child(String pid, String kind, String name) {
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        String key = kind + ' ' + pid + ' ' + cut;
        Integer track = known.get(key);
        if (track == null) {
            int process = process(pid);
            track = known.size() < MOST ? writer.track(process, kind, cut) : process;
            if (known.size() < MOST) {
                known.put(key, track);
            }
        }
        return track;
    }

    private int process(String pid) {
        if (known.size() >= MOST && !known.containsKey(pid)) {
            return writer.track(TrackInfo.ROOT, "process", "further processes");
        }
        return known.computeIfAbsent(
                pid,
                number -> {
                    String name = names.process(number);
                    String cut =
                            number.length() > LONGEST_NAME
                                    ? number.substring(0, LONGEST_NAME)
                                    : number;
                    String text = "process " + (name == null ? "" : name + " ") + cut;
                    return writer.track(TrackInfo.ROOT, "process", text.strip());
                });
    }
}
