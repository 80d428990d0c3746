package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Writes small traces event by event and looks rows up by their path.
final class TraceScript {
    final MemoryTrace trace;

    /// An emulated run.
    TraceScript() {
        this(TraceHeader.EMULATOR);
    }

    private TraceScript(String format) {
        trace =
                new MemoryTrace(
                        new TraceHeader(format, "script", "virtual", 0, "test", new TreeMap<>()));
    }

    /// A capture of a board.
    static TraceScript ofCapture() {
        return new TraceScript("ftrace-text");
    }

    /// The track of this path; `kind:name` parts joined by ` > `.
    int track(String path) {
        int track = -1;
        for (String part : path.split(" > ", -1)) {
            String[] kindAndName = part.split(":", 2);
            track = trace.track(track, kindAndName[0], kindAndName[1]);
        }
        return track;
    }

    TraceScript at(long timeNs, String track, TraceEvent event) {
        trace.write(EventHeader.at(timeNs, track(track)), event);
        return this;
    }

    TraceScript at(long timeNs, String track, int pid, TraceEvent event) {
        trace.write(
                new EventHeader(timeNs, track(track), -1, false, 0, pid, "app", null, null), event);
        return this;
    }

    /// An event of a capture; values are `name, value` pairs.
    TraceScript captured(long timeNs, String track, int cpu, String type, Object... values) {
        List<FieldInfo> fields = new ArrayList<>();
        @Nullable Object[] row = new Object[values.length / 2];
        for (int i = 0; i < row.length; i++) {
            boolean text = values[2 * i + 1] instanceof String;
            fields.add(
                    FieldInfo.dynamic(
                            (String) values[2 * i],
                            text ? FieldKind.TEXT : FieldKind.INT,
                            Unit.NONE,
                            true));
            row[i] = values[2 * i + 1];
        }
        trace.write(
                new EventHeader(timeNs, track(track), -1, false, cpu, 42, "app", null, null),
                EventTypeInfo.dynamic(type, Layer.HOST, fields),
                row);
        return this;
    }

    TraceScript loss(long beforeSeq) {
        trace.loss(new Loss("ring-overrun", "lost", 1L, null, null, null, beforeSeq));
        return this;
    }

    TraceScript lossOn(int cpu, long beforeSeq) {
        trace.loss(new Loss("ring-overrun", "lost on " + cpu, 1L, cpu, null, null, beforeSeq));
        return this;
    }

    Timeline build() {
        return TimelineBuilder.build(trace);
    }

    /// The row of this path of names joined by ` / `.
    static TimelineRow row(Timeline timeline, String path) {
        return timeline.rows().stream()
                .filter(row -> timeline.path(row).equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + path + " in " + timeline.rows()));
    }

    /// The bars of a row as `start-end label STYLE`, lane by lane; `…` marks an open end.
    static List<String> bars(Timeline timeline, String path) {
        List<String> result = new ArrayList<>();
        for (StateBars lane : row(timeline, path).lanes()) {
            result.addAll(bars(timeline, lane));
        }
        return result;
    }

    private static List<String> bars(Timeline timeline, StateBars lane) {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < lane.size(); i++) {
            result.add(
                    lane.startNs(i)
                            + "-"
                            + (lane.isOpenEnded(i) ? "…" : lane.endNs(i))
                            + " "
                            + timeline.label(lane.label(i))
                            + " "
                            + lane.style(i));
        }
        return result;
    }

    /// The instants of a row as `time label GLYPH STYLE`.
    static List<String> instants(Timeline timeline, String path) {
        Instants instants = row(timeline, path).instants();
        List<String> result = new ArrayList<>();
        for (int i = 0; i < instants.size(); i++) {
            result.add(
                    instants.timeNs(i)
                            + " "
                            + timeline.label(instants.label(i))
                            + " "
                            + instants.glyph(i)
                            + " "
                            + instants.style(i));
        }
        return result;
    }

    /// The steps of a row's counter as `time=value`.
    static List<String> steps(Timeline timeline, String path) {
        Counter counter = row(timeline, path).counter();
        List<String> result = new ArrayList<>();
        if (counter != null) {
            for (int i = 0; i < counter.size(); i++) {
                result.add(counter.timeNs(i) + "=" + counter.value(i));
            }
        }
        return result;
    }
}
