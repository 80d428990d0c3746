package org.panscope.core.export;

import org.jspecify.annotations.Nullable;
import org.panscope.core.timeline.Counter;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineBuilder;
import org.panscope.core.timeline.TimelineRow;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.perfetto.PerfettoWriter;
import org.panscope.trace.perfetto.PerfettoWriter.Track;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes a trace for the Perfetto UI: a track for each row of the timeline, below each other as
/// there, with its bars as slices and its counter; every event as an instant on its own track with
/// all its fields; causes and fences as flows. Importing the file gives the same trace again.
public final class PerfettoExport {
    /// Lanes beside the first one and the counter have tracks of their own.
    private static final int LANE_SHIFT = 32;

    private static final long COUNTER = 0xffL << LANE_SHIFT;

    /// Processes nobody knows the number of get one no kernel gives.
    private static final int FIRST_MADE_UP_PID = 1 << 23;

    private static final Pattern NUMBER_AT_END = Pattern.compile("(?:^|.* )(\\d{1,9})");

    private final Trace trace;
    private final Timeline timeline;
    private final PerfettoWriter writer;
    private final Set<Integer> described = new TreeSet<>();
    private final Map<Integer, Integer> processes = new TreeMap<>();
    private final Set<Integer> takenPids = new TreeSet<>();
    private final Set<Integer> takenTids = new TreeSet<>();

    private PerfettoExport(Trace trace, OutputStream out) throws IOException {
        this.trace = trace;
        timeline = TimelineBuilder.build(trace);
        writer = new PerfettoWriter(trace, out);
    }

    /// Writes the whole file.
    public static void write(Trace trace, OutputStream out) throws IOException {
        new PerfettoExport(trace, out).write();
    }

    private void write() throws IOException {
        for (int id = 0; id < trace.tracks().size(); id++) {
            describe(timeline.rows().get(id));
        }
        EventFlows flows = new EventFlows(trace);
        EventCursor event = trace.cursor(0);
        while (event.next()) {
            writer.event(event, flows.of(event));
        }
        for (TimelineRow root : timeline.roots()) {
            draw(root);
        }
    }

    // ---- tracks

    private void describe(TimelineRow row) throws IOException {
        if (!described.add(row.id())) {
            return;
        }
        Long parent = null;
        if (row.parent() >= 0) {
            TimelineRow above = timeline.rows().get(row.parent());
            describe(above);
            parent = PerfettoWriter.trackOf(above.id());
        }
        writer.track(track(row, parent));
    }

    private Track track(TimelineRow row, @Nullable Long parent) {
        long uuid = PerfettoWriter.trackOf(row.id());
        if (row.kind().equals("process") && row.parent() < 0) {
            int pid = number(row.name());
            if (pid < 0 || !takenPids.add(pid)) {
                pid = FIRST_MADE_UP_PID + row.id();
            }
            processes.put(row.id(), pid);
            return new Track(uuid, null, row.name(), pid, -1, null);
        }
        Integer process = processes.get(row.parent());
        int tid = number(row.name());
        if (row.kind().equals("thread") && process != null && tid >= 0 && takenTids.add(tid)) {
            return new Track(uuid, parent, row.name(), process, tid, null);
        }
        return Track.named(uuid, parent, row.name());
    }

    /// The number a name ends with, or -1.
    private static int number(String name) {
        Matcher matcher = NUMBER_AT_END.matcher(name);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    // ---- what is drawn

    private void draw(TimelineRow row) throws IOException {
        describe(row);
        long own = PerfettoWriter.trackOf(row.id());
        for (int lane = 0; lane < row.lanes().size(); lane++) {
            StateBars bars = row.lanes().get(lane);
            long track = own + ((long) lane << LANE_SHIFT);
            if (lane > 0 && bars.size() > 0) {
                writer.track(Track.named(track, own, row.name() + " (" + (lane + 1) + ")"));
            }
            bars(bars, track);
        }
        Counter counter = row.counter();
        if (counter != null && counter.size() > 0) {
            writer.track(Track.counter(own + COUNTER, own, row.name(), row.counterUnit()));
            for (int i = 0; i < counter.size(); i++) {
                writer.count(own + COUNTER, counter.timeNs(i), counter.value(i));
            }
        }
        for (TimelineRow child : row.children()) {
            draw(child);
        }
    }

    private void bars(StateBars bars, long track) throws IOException {
        for (int i = 0; i < bars.size(); i++) {
            long end = Math.max(bars.startNs(i), Math.min(bars.endNs(i), timeline.toNs()));
            writer.bar(
                    track,
                    bars.startNs(i),
                    end,
                    timeline.label(bars.label(i)),
                    Map.of("panscope.style", bars.style(i).name()));
        }
    }
}
