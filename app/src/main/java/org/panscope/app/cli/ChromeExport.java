package org.panscope.app.cli;

import org.panscope.core.timeline.Counter;
import org.panscope.core.timeline.Instants;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineBuilder;
import org.panscope.core.timeline.TimelineRow;
import org.panscope.trace.io.Trace;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;

/// The timeline as Chrome's trace event JSON, which chrome://tracing and the Perfetto UI open: a
/// process for each root row, a thread for each lane of a row, counters and instants as such.
///
/// Trace Event Format (Google, 2016): metadata, complete, instant and counter events
final class ChromeExport implements TextExport {
    /// Threads of a row: its instants and its lanes.
    private static final int THREADS_A_ROW = 64;

    @Override
    public String label() {
        return "chrome";
    }

    @Override
    public List<String> write(Trace trace, Writer out, Options options) throws IOException {
        Timeline timeline = TimelineBuilder.build(trace);
        try (JsonGenerator json = JsonOutput.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("displayTimeUnit", "ns");
            json.writeName("otherData");
            json.writeStartObject();
            json.writeStringProperty("source", timeline.header().source());
            json.writeStringProperty("clock", timeline.header().clock());
            json.writeStringProperty("origin_ns", Long.toString(timeline.header().originNs()));
            json.writeStringProperty("producer", timeline.header().producer());
            json.writeEndObject();
            json.writeName("traceEvents");
            json.writeStartArray();
            for (TimelineRow root : timeline.roots()) {
                new RootRow(timeline, root, json).write();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write('\n');
        return trace.losses().isEmpty()
                ? List.of()
                : List.of("what this trace lost (see info) is not told in the file");
    }

    /// A root row and all below it.
    private static final class RootRow {
        private final Timeline timeline;
        private final TimelineRow root;
        private final JsonGenerator json;

        RootRow(Timeline timeline, TimelineRow root, JsonGenerator json) {
            this.timeline = timeline;
            this.root = root;
            this.json = json;
        }

        void write() {
            name("process_name", root.id() + 1, 0, root.name());
            row(root, "");
        }

        private void row(TimelineRow row, String above) {
            String path = row == root ? root.name() : above + row.name();
            int first = row.id() * THREADS_A_ROW + 1;
            instants(row, first, path);
            for (int lane = 0; lane < row.lanes().size(); lane++) {
                bars(row.lanes().get(lane), first + 1 + lane, path);
            }
            counter(row, path);
            for (TimelineRow child : row.children()) {
                row(child, row == root ? "" : path + " / ");
            }
        }

        private void bars(StateBars bars, int thread, String path) {
            if (bars.size() == 0) {
                return;
            }
            name("thread_name", root.id() + 1, thread, path);
            for (int i = 0; i < bars.size(); i++) {
                long end = Math.min(bars.endNs(i), timeline.toNs());
                begin("X", timeline.label(bars.label(i)), thread, bars.startNs(i));
                json.writeName("dur");
                json.writeNumber(micros(Math.max(0, end - bars.startNs(i))));
                args(bars.style(i).name(), bars.seq(i));
            }
        }

        private void instants(TimelineRow row, int thread, String path) {
            Instants instants = row.instants();
            if (instants.size() == 0) {
                return;
            }
            name("thread_name", root.id() + 1, thread, path);
            for (int i = 0; i < instants.size(); i++) {
                begin("i", timeline.label(instants.label(i)), thread, instants.timeNs(i));
                json.writeStringProperty("s", "t");
                args(instants.style(i).name(), instants.seq(i));
            }
        }

        private void counter(TimelineRow row, String path) {
            Counter counter = row.counter();
            if (counter == null) {
                return;
            }
            for (int i = 0; i < counter.size(); i++) {
                begin("C", path, 0, counter.timeNs(i));
                json.writeName("args");
                json.writeStartObject();
                json.writeNumberProperty("value", counter.value(i));
                json.writeEndObject();
                json.writeEndObject();
            }
        }

        private void begin(String phase, String name, int thread, long timeNs) {
            json.writeStartObject();
            json.writeStringProperty("ph", phase);
            json.writeStringProperty("name", name);
            json.writeNumberProperty("pid", root.id() + 1);
            json.writeNumberProperty("tid", thread);
            json.writeName("ts");
            json.writeNumber(micros(timeNs));
        }

        private void args(String style, long seq) {
            json.writeName("args");
            json.writeStartObject();
            json.writeStringProperty("style", style);
            json.writeNumberProperty("seq", seq);
            json.writeEndObject();
            json.writeEndObject();
        }

        private void name(String what, int process, int thread, String name) {
            json.writeStartObject();
            json.writeStringProperty("ph", "M");
            json.writeStringProperty("name", what);
            json.writeNumberProperty("pid", process);
            json.writeNumberProperty("tid", thread);
            json.writeName("args");
            json.writeStartObject();
            json.writeStringProperty("name", name);
            json.writeEndObject();
            json.writeEndObject();
        }

        /// Microseconds with all digits of the nanoseconds.
        private static BigDecimal micros(long ns) {
            return BigDecimal.valueOf(ns, 3);
        }
    }
}
