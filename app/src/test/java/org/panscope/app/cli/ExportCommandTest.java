package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;
import org.panscope.core.timeline.Counter;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineBuilder;
import org.panscope.core.timeline.TimelineRow;
import org.panscope.trace.io.Progress;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class ExportCommandTest {
    private static final String SUBMIT =
            CommandRun.SAMPLES.resolve("kernel-submit.json").toString();

    @TempDir Path folder = Path.of("");

    private static CommandRun ftrace(Object input, Object... more) {
        Object[] arguments = new Object[6 + more.length];
        System.arraycopy(
                new Object[] {"export", input, "--to", "ftrace", "-o", "-"}, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        CommandRun run = CommandRun.of(arguments);
        assertEquals(0, run.status(), run.err());
        return run;
    }

    private static JsonNode info(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return CommandRun.withInput(bytes, "info", "--json", "-").json();
    }

    @Test
    void scenarioIsRunWithAllTracepointsAndItsTextIsACapture() {
        CommandRun run = ftrace(SUBMIT);
        assertTrue(run.out().startsWith("# tracer: nop\n"), run.out());
        JsonNode info = info(run.out());
        assertEquals("ftrace-text", info.get("format").asString());
        assertEquals(0, info.get("lost").size());
        assertEquals(2, info.get("types").get("drm_run_job").asInt());
        assertTrue(
                run.err()
                        .matches(
                                "panscope: .*kernel-submit.json: \\d+ events have no tracepoint and"
                                        + " were left out: (\\d+ [A-Z_]+, ){4}\\.\\.\\.\n"),
                run.err());
    }

    @Test
    void recordingWithTracepointsGivesTheTextOfTheScenario() {
        Path trace = folder.resolve("run.pscope");
        CommandRun.of("record", SUBMIT, "-o", trace, "--tracepoints", "all").fine();
        assertEquals(ftrace(SUBMIT).out(), ftrace(trace).out());
        String info = CommandRun.of("info", trace).fine();
        assertTrue(info.contains("tracepoints all\n"), info);
        CommandRun.of("state", trace).fine();
    }

    @Test
    void onlyTheTracepointsThatWereOnAreWritten() {
        Path trace = folder.resolve("run.pscope");
        CommandRun.of("record", SUBMIT, "-o", trace, "--tracepoints", "dma_fence,rpm_*").fine();
        for (String line : ftrace(trace).out().lines().toList()) {
            assertTrue(line.matches("#.*|.*: (dma_fence|rpm)_[a-z_]+: .*"), line);
        }
    }

    @Test
    void captureComesOutAsItWentIn() throws IOException {
        Path text = folder.resolve("again.txt");
        String capture = CommandRun.CAPTURE.replace("report.txt", "report-t.txt");
        CommandRun.of("export", capture, "-o", text, "--to", "FTRACE", "--nanoseconds").fine();
        assertEquals(dump(capture), dump(text.toString()));
        assertEquals(List.of("again.txt"), List.of(folder.toFile().list()));
    }

    @Test
    void lossesOfACaptureAreToldOfBesideTheText() throws IOException {
        Path cut = folder.resolve("cut.txt");
        Files.writeString(cut, "damage\n" + Files.readString(Path.of(CommandRun.CAPTURE)));
        assertTrue(
                ftrace(cut)
                        .err()
                        .endsWith("what this trace lost (see info) is not told in the text\n"));
    }

    private static List<String> dump(String file) {
        return CommandRun.of("dump", "--format", "jsonl", file).lines().stream()
                .map(line -> line.replaceFirst("\"context\":\"\\w+\",?", ""))
                .toList();
    }

    @Test
    void markersAreWrittenWhereTheyAreAskedFor() {
        assertEquals(0, markers(ftrace(CommandRun.HELLO)));
        assertTrue(markers(ftrace(CommandRun.HELLO, "--markers")) > 10);
    }

    private static long markers(CommandRun run) {
        return run.out().lines().filter(line -> line.contains(": psm1 ")).count();
    }

    @Test
    void timesHaveSixDigitsOrNine() {
        for (String line : ftrace(SUBMIT).out().lines().toList()) {
            assertTrue(line.matches("#.*|.{36} +\\d+\\.\\d{6}: .*"), line);
        }
        for (String line : ftrace(SUBMIT, "--nanoseconds").out().lines().toList()) {
            assertTrue(line.matches("#.*|.{36} +\\d+\\.\\d{9}: .*"), line);
        }
    }

    @Test
    void traceWithoutATracepointIsRefusedWithAdvice() {
        Path trace = folder.resolve("run.pscope");
        CommandRun.of("record", SUBMIT, "-o", trace).fine();
        assertEquals(
                "kernel-submit.json: no event is a tracepoint; record with --tracepoints all",
                CommandRun.of("export", trace, "-o", "-", "--to", "ftrace").failure());
    }

    @Test
    void scenarioKnowsItsOwnTracepoints() throws IOException {
        Path scenario = folder.resolve("traced.json");
        String plain = Files.readString(Path.of(SUBMIT));
        Files.writeString(
                scenario,
                plain.replaceFirst("\"about\"", "\"tracepoints\": [\"irq:*\"], \"about\""));
        JsonNode types = CommandRun.of("info", "--json", scenario).json().get("types");
        assertTrue(types.has("irq:irq_handler_entry"), types::toString);
        Files.writeString(
                scenario, plain.replaceFirst("\"about\"", "\"tracepoints\": [\"irk\"], \"about\""));
        String said = CommandRun.of("info", scenario).failure();
        assertTrue(said.contains("traced.json:11:") && said.contains("\"irk\" names no"), said);
    }

    /// Chrome's JSON holds every bar, instant and counter value of the timeline, once.
    @Test
    void chromeJsonHoldsTheWholeTimeline() {
        String hello = CommandRun.HELLO;
        JsonNode json = CommandRun.of("export", hello, "--to", "chrome", "-o", "-").json();
        Timeline timeline = HelloTimeline.build();
        Map<String, Integer> found = new TreeMap<>();
        Map<String, String> threads = new TreeMap<>();
        for (JsonNode event : json.get("traceEvents")) {
            String phase = event.get("ph").asString();
            found.merge(phase, 1, Integer::sum);
            if (event.get("name").asString().equals("thread_name")) {
                String name = event.get("args").get("name").asString();
                assertNull(threads.put(event.get("tid").asString(), name), name);
            }
        }
        int bars = 0;
        int instants = 0;
        int values = 0;
        for (TimelineRow row : timeline.rows()) {
            bars += row.lanes().stream().mapToInt(StateBars::size).sum();
            instants += row.instants().size();
            Counter counter = row.counter();
            values += counter == null ? 0 : counter.size();
        }
        assertEquals(bars, found.get("X"));
        assertEquals(instants, found.get("i"));
        assertEquals(values, found.get("C"));
        assertEquals("ns", json.get("displayTimeUnit").asString());
        assertTrue(threads.containsValue("group 1 / queue 0"), threads::toString);
    }

    @Test
    void jsonLinesComeBackAsTheSameTrace() {
        for (String input : List.of(CommandRun.CAPTURE, CommandRun.HELLO)) {
            Path lines = folder.resolve("out.jsonl");
            CommandRun.of("export", input, "--to", "jsonl", "-o", lines).fine();
            Path again = folder.resolve("again.pscope");
            CommandRun.of("import", lines, "-o", again).fine();
            String direct = CommandRun.of("export", input, "--to", "jsonl", "-o", "-").fine();
            assertEquals(direct, CommandRun.of("export", again, "--to", "jsonl", "-o", "-").fine());
            JsonNode wanted = CommandRun.of("info", "--json", lines).json();
            JsonNode found = CommandRun.of("info", "--json", again).json();
            for (String key : List.of("events", "types", "span", "clock", "origin_ns", "lost")) {
                assertEquals(wanted.get(key), found.get(key), key);
            }
        }
    }

    /// Every record of the table, taken apart by the rules of RFC 4180, says what the line of JSON
    /// says.
    @Test
    void csvHoldsEveryEvent() throws IOException {
        Path capture = folder.resolve("capture.jsonl");
        String hostile = "\"a,b \\\"c\\\"\\nd\"";
        Files.writeString(
                capture,
                "{\"seq\":0,\"t\":5,\"type\":\"MARK\",\"layer\":\"mark\",\"track\":\"t p\","
                        + "\"comm\":"
                        + hostile
                        + ",\"fields\":{\"text\":"
                        + hostile
                        + "}}\n");
        for (String input : List.of(CommandRun.CAPTURE, CommandRun.HELLO, capture.toString())) {
            List<List<String>> records =
                    records(CommandRun.of("export", input, "--to", "csv", "-o", "-").fine());
            List<String> names = records.getFirst();
            List<JsonNode> events =
                    CommandRun.of("export", input, "--to", "jsonl", "-o", "-").jsonLines();
            int at = 1;
            for (JsonNode event : events) {
                if (!event.has("seq")) {
                    continue;
                }
                List<String> record = records.get(at++);
                assertEquals(names.size(), record.size());
                for (int i = 0; i < names.size(); i++) {
                    JsonNode value = event.get(names.get(i));
                    String wanted =
                            value == null
                                    ? ""
                                    : value.isString() ? value.asString() : value.toString();
                    assertEquals(wanted, record.get(i), names.get(i) + " of " + event);
                }
            }
            assertEquals(records.size(), at);
        }
    }

    /// A reader of CSV as RFC 4180 says.
    private static List<List<String>> records(String csv) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted) {
                if (c != '"') {
                    value.append(c);
                } else if (csv.startsWith("\"\"", i)) {
                    value.append(c);
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                record.add(value.toString());
                value.setLength(0);
                if (c == '\n') {
                    records.add(record);
                    record = new ArrayList<>();
                }
            } else {
                value.append(c);
            }
        }
        return records;
    }

    /// What the file carries of a timeline, it gives back: every bar with its span, label and
    /// style, every instant, every value of a counter.
    @Test
    void chromeJsonComesBackAsTheSameTimeline() throws IOException {
        Path file = folder.resolve("hello.json");
        CommandRun.of("export", CommandRun.HELLO, "--to", "chrome", "-o", file).fine();
        JsonNode info = CommandRun.of("info", "--json", file).json();
        assertEquals("chrome-json", info.get("format").asString());
        assertEquals("virtual", info.get("clock").asString());
        assertEquals(0, info.get("lost").size());
        try (OpenedTrace opened = TraceInputs.open(file, Progress.NONE)) {
            Timeline again = TimelineBuilder.build(opened.trace());
            assertEquals(contents(HelloTimeline.build()), contents(again));
        }
    }

    private static List<String> contents(Timeline timeline) {
        List<String> contents = new ArrayList<>();
        for (TimelineRow row : timeline.rows()) {
            for (StateBars bars : row.lanes()) {
                for (int i = 0; i < bars.size(); i++) {
                    contents.add(
                            bars.startNs(i)
                                    + " bar "
                                    + (bars.endNs(i) - bars.startNs(i))
                                    + " "
                                    + timeline.label(bars.label(i))
                                    + " "
                                    + bars.style(i));
                }
            }
            for (int i = 0; i < row.instants().size(); i++) {
                contents.add(
                        row.instants().timeNs(i)
                                + " instant "
                                + timeline.label(row.instants().label(i))
                                + " "
                                + row.instants().style(i));
            }
            Counter counter = row.counter();
            for (int i = 0; counter != null && i < counter.size(); i++) {
                contents.add(counter.timeNs(i) + " value " + counter.value(i));
            }
        }
        return contents.stream().sorted().toList();
    }

    private static final class HelloTimeline {
        private HelloTimeline() {}

        static Timeline build() {
            try (OpenedTrace opened =
                    TraceInputs.open(CommandRun.HELLO, System.in, Progress.NONE, List.of("all"))) {
                return TimelineBuilder.build(opened.trace());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
