package org.panscope.app.cli;

import org.panscope.app.theme.Formats;
import org.panscope.core.capture.quality.CaptureQuality;
import org.panscope.core.input.OpenedTrace;
import org.panscope.trace.io.Trace;
import org.panscope.trace.quality.Loss;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/// `panscope info`: what a trace is, how long, how many events of which type, and what it lacks.
@Command(name = "info", description = "Shows source, span, counts per type and what was lost.")
final class InfoCommand implements Callable<Integer> {
    private static final int MOST_LOSSES_LISTED = 20;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private TraceInput input = new TraceInput();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (OpenedTrace opened = input.open()) {
            if (json) {
                writeJson(out, opened);
            } else {
                writeText(out, opened);
            }
        }
        return 0;
    }

    /// Events per type name; types that share a name are counted together.
    static SortedMap<String, Long> countsByName(Trace trace) {
        SortedMap<String, Long> counts = new TreeMap<>();
        long[] perType = trace.typeCounts();
        for (int i = 0; i < perType.length; i++) {
            counts.merge(trace.types().get(i).name(), perType[i], Long::sum);
        }
        return counts;
    }

    private static void writeJson(PrintWriter out, OpenedTrace opened) {
        Trace trace = opened.trace();
        CaptureQuality quality = CaptureQuality.of(trace);
        try (JsonGenerator json = JsonOutput.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("format", opened.format().label());
            json.writeStringProperty("source", trace.header().source());
            json.writeStringProperty("source_format", trace.header().format());
            json.writeStringProperty("producer", trace.header().producer());
            json.writeStringProperty("clock", trace.header().clock());
            json.writeNumberProperty("origin_ns", trace.header().originNs());
            json.writeNumberProperty("events", trace.eventCount());
            json.writeObjectPropertyStart("types");
            countsByName(trace).forEach(json::writeNumberProperty);
            json.writeEndObject();
            json.writeObjectPropertyStart("span");
            json.writeNumberProperty("from", trace.firstTimeNs());
            json.writeNumberProperty("to", trace.lastTimeNs());
            json.writeEndObject();
            json.writeNumberProperty("tracks", trace.tracks().size());
            json.writeArrayPropertyStart("lost");
            trace.losses().forEach(loss -> writeLoss(json, loss));
            json.writeEndArray();
            InfoQuality.writeJson(json, quality);
            json.writeArrayPropertyStart("problems");
            opened.problems().forEach(json::writeString);
            json.writeEndArray();
            json.writeObjectPropertyStart("attributes");
            trace.header().attributes().forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeEndObject();
        }
        out.println();
    }

    private static void writeLoss(JsonGenerator json, Loss loss) {
        json.writeStartObject();
        json.writeStringProperty("reason", loss.reason());
        if (loss.count() == null) {
            json.writeNullProperty("count");
        } else {
            json.writeNumberProperty("count", loss.count());
        }
        if (loss.cpu() != null) {
            json.writeNumberProperty("cpu", loss.cpu());
        }
        if (loss.line() != null) {
            json.writeNumberProperty("line", loss.line());
        }
        if (loss.offset() != null) {
            json.writeNumberProperty("offset", loss.offset());
        }
        json.writeNumberProperty("before_seq", loss.beforeSeq());
        json.writeStringProperty("message", loss.message());
        json.writeEndObject();
    }

    private static void writeText(PrintWriter out, OpenedTrace opened) {
        Trace trace = opened.trace();
        out.println("source    " + trace.header().source() + " (" + trace.header().format() + ")");
        out.println("format    " + opened.format().label());
        out.println("producer  " + trace.header().producer());
        out.println(
                "clock     "
                        + trace.header().clock()
                        + ", trace start at "
                        + trace.header().originNs()
                        + " ns");
        out.println("span      " + Formats.duration(trace.lastTimeNs() - trace.firstTimeNs()));
        out.println("events    " + trace.eventCount());
        for (Map.Entry<String, Long> entry : countsByName(trace).entrySet()) {
            out.println(String.format("  %8d  %s", entry.getValue(), entry.getKey()));
        }
        out.println("tracks    " + trace.tracks().size());
        trace.header()
                .attributes()
                .forEach((name, value) -> out.println(String.format("%-9s %s", name, value)));
        writeLosses(out, trace);
        InfoQuality.writeText(out, CaptureQuality.of(trace), trace.header().isEmulated());
        opened.problems().forEach(problem -> out.println("problem   " + problem));
    }

    private static void writeLosses(PrintWriter out, Trace trace) {
        if (trace.losses().isEmpty()) {
            out.println("lost      nothing");
            return;
        }
        out.println(
                "lost      "
                        + trace.losses().size()
                        + (trace.losses().size() == 1 ? " report" : " reports"));
        for (int i = 0; i < Math.min(trace.losses().size(), MOST_LOSSES_LISTED); i++) {
            Loss loss = trace.losses().get(i);
            out.println(
                    "  before #" + loss.beforeSeq() + "  " + loss.reason() + ": " + loss.message());
        }
        if (trace.losses().size() > MOST_LOSSES_LISTED) {
            out.println(
                    "  and "
                            + (trace.losses().size() - MOST_LOSSES_LISTED)
                            + " more; --json lists all");
        }
    }
}
