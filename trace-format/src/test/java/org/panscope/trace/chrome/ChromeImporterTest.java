package org.panscope.trace.chrome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.trace.ftrace.ImportSummary;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.EventRuns;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TrackAssigner;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.quality.Loss;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

class ChromeImporterTest {
    @TempDir private Path folder;

    private MemoryTrace imported(String json) throws IOException {
        return imported(json.getBytes(StandardCharsets.UTF_8), Progress.NONE);
    }

    private MemoryTrace imported(byte[] json, Progress progress) throws IOException {
        Path file = folder.resolve("test.json");
        Files.write(file, json);
        MemoryTrace[] trace = new MemoryTrace[1];
        ImportSummary summary =
                ChromeImporter.importJson(
                        file,
                        "test.json",
                        header -> trace[0] = new MemoryTrace(header),
                        TrackAssigner.perCpu(),
                        progress);
        MemoryTrace result = Objects.requireNonNull(trace[0]);
        assertEquals(result.eventCount(), summary.events());
        assertEquals(result.losses().size(), summary.losses());
        return result;
    }

    private static List<String> texts(MemoryTrace trace) {
        List<String> texts = new ArrayList<>();
        for (Event event : trace.events()) {
            texts.add(event.timeNs() + " " + path(trace, event) + ": " + event.type().name());
        }
        return texts;
    }

    private static String path(MemoryTrace trace, Event event) {
        TrackInfo track = trace.tracks().get(event.header().track());
        String name = track.name();
        while (track.parent() != TrackInfo.ROOT) {
            track = trace.tracks().get(track.parent());
            name = track.name() + "/" + name;
        }
        return name;
    }

    private static List<String> reasons(MemoryTrace trace) {
        return trace.losses().stream().map(Loss::reason).toList();
    }

    @Test
    void slicesCountersAndInstantsOfNamedThreads() throws IOException {
        MemoryTrace trace =
                imported(
                        """
                        {"traceEvents": [
                        {"ph":"B","name":"draw","cat":"gpu","pid":7,"tid":8,"ts":1000.5,"args":{"w":640}},
                        {"ph":"i","name":"vsync","pid":7,"tid":8,"ts":1000.75,"s":"g"},
                        {"ph":"E","pid":7,"tid":8,"ts":1002},
                        {"ph":"X","name":"job","pid":"gpu","tid":"ring 0","ts":1003,"dur":0.125},
                        {"ph":"C","name":"memory","pid":7,"ts":1004,"args":{"used":12,"free":5}},
                        {"ph":"M","name":"process_name","pid":7,"args":{"name":"game"}},
                        {"ph":"M","name":"thread_name","pid":7,"tid":8,"args":{"name":"render"}}
                        ], "displayTimeUnit": "ns", "metadata": {"os": "Linux"}}
                        """);

        assertEquals(List.of(), trace.losses());
        assertEquals(
                List.of(
                        "0 process game 7/render 8: draw",
                        "250 process game 7/render 8: vsync",
                        "1500 process game 7/render 8: draw",
                        "2500 process gpu/ring 0: job",
                        "3500 process game 7/memory: memory"),
                texts(trace));
        assertEquals(1_000_500, trace.header().originNs());
        assertEquals("chrome-json", trace.header().format());
        assertEquals("Linux", trace.header().attributes().get("metadata.os"));
        Event begin = trace.event(0);
        assertEquals("begin", begin.value("phase"));
        assertEquals("gpu", begin.value("category"));
        assertEquals(640L, begin.value("w"));
        assertEquals(8, begin.header().pid());
        assertEquals("render", begin.header().comm());
        assertEquals("global", trace.event(1).value("scope"));
        assertEquals("end", trace.event(2).value("phase"));
        assertEquals(125L, trace.event(3).value("duration_ns"));
        assertEquals(EventHeader.UNKNOWN, trace.event(3).header().pid());
        assertEquals(12L, trace.event(4).value("used"));
        assertEquals(5L, trace.event(4).value("free"));
    }

    @Test
    void timesAreExactToTheNanosecondWhereADoubleIsNot() throws IOException {
        MemoryTrace trace =
                imported(
                        """
                        [{"ph":"i","name":"a","ts":1700000000000000.001},
                         {"ph":"i","name":"b","ts":"1700000000000000.002"},
                         {"ph":"i","name":"c","ts":1.7000000000000000031e15},
                         {"ph":"i","name":"d","ts":17000000000000000049e-4}
                        ]\
                        """);

        assertEquals(1_700_000_000_000_000_001L, trace.header().originNs());
        assertEquals(List.of(0L, 1L, 2L, 4L), trace.events().stream().map(Event::timeNs).toList());
    }

    @Test
    void timesThatAreNoneAreRefused() {
        for (String text :
                List.of("", "-", ".", "1.2.3", "NaN", "1e999999999", "1e18", "9".repeat(60), "x")) {
            assertNull(DecimalTime.nanos(text), text);
        }
        assertEquals(-1_500L, DecimalTime.nanos("-1.5"));
        assertEquals(1_001L, DecimalTime.nanos("1.0005"));
        assertEquals(1_000L, DecimalTime.nanos("1.0004999"));
        assertEquals(12_345_678_901_234_567L, DecimalTime.nanos("12345678901234.567"));
    }

    @Test
    void eventsAreSortedAndThoseOfOneTimeStayInOrder() throws IOException {
        MemoryTrace trace =
                imported(
                        """
                        [{"ph":"X","name":"late","ts":9,"dur":1},{"ph":"B","name":"first","ts":1},
                         {"ph":"E","ts":1},{"ph":"i","name":"between","ts":5},
                         {"ph":"i","name":"third","ts":1}]\
                        """);

        assertEquals(
                List.of("first", "first", "third", "between", "late"),
                trace.events().stream().map(event -> event.type().name()).toList());
    }

    @Test
    void manyRunsComeBackInOrder() throws IOException {
        Random random = new Random(20261128);
        long[] expected = new long[10_000];
        try (EventRuns runs = new EventRuns(64)) {
            for (int i = 0; i < expected.length; i++) {
                long time = random.nextInt(1000) - 500L;
                expected[i] = time * 1_000_000 + i;
                runs.add(time, i, i % 77);
            }
            runs.finish();
            Arrays.sort(expected);
            for (long wanted : expected) {
                assertTrue(runs.next());
                assertEquals(wanted, runs.timeNs() * 1_000_000 + runs.offset());
                assertEquals(runs.offset() % 77, runs.length());
            }
            assertEquals(false, runs.next());
        }
    }

    @Test
    void argumentsKeepTheirKinds() throws IOException {
        MemoryTrace trace =
                imported(
                        """
                        [{"ph":"i","name":"a","ts":1,"tts":7,"args":{"flag":true,"off":false,
                          "none":null,"real":1.50,"deep":{"er":{"x":"y"}},"list":[1,{"a":2}],
                          "big":18446744073709551616,"phase":"mine","odd":NaN}}]\
                        """);

        Event event = trace.event(0);
        assertEquals(true, event.value("flag"));
        assertEquals(false, event.value("off"));
        assertNull(event.value("none"));
        assertEquals("1.50", event.value("real"));
        assertEquals("y", event.value("deep.er.x"));
        assertEquals("[1,{\"a\":2}]", event.value("list"));
        assertEquals("18446744073709551616", event.value("big"));
        assertEquals("instant", event.value("phase"));
        assertEquals("mine", event.value("phase_2"));
        assertEquals("NaN", event.value("odd"));
        assertEquals(7L, event.value("tts"));
    }

    @Test
    void flowsAreCausesAndAsyncHasTracksOfItsOwn() throws IOException {
        MemoryTrace trace =
                imported(
                        """
                        [{"ph":"s","name":"f","cat":"c","id":1,"pid":1,"tid":1,"ts":1},
                         {"ph":"t","name":"f","cat":"c","id":1,"pid":1,"tid":2,"ts":2},
                         {"ph":"f","name":"f","cat":"c","id":1,"pid":1,"tid":3,"ts":3,"bp":"e"},
                         {"ph":"t","name":"f","cat":"c","id":1,"pid":1,"tid":3,"ts":4},
                         {"ph":"X","name":"a","bind_id":"0x5","flow_out":true,"pid":1,"tid":1,"ts":5,"dur":1},
                         {"ph":"X","name":"b","bind_id":"0x5","flow_in":true,"pid":1,"tid":2,"ts":6,"dur":1},
                         {"ph":"b","name":"load","cat":"net","id2":{"local":"0x9"},"pid":1,"tid":1,"ts":7},
                         {"ph":"n","name":"byte","cat":"net","id2":{"local":"0x9"},"pid":1,"tid":1,"ts":8},
                         {"ph":"e","name":"load","cat":"net","id2":{"local":"0x9"},"pid":1,"tid":1,"ts":9},
                         {"ph":"S","name":"old","cat":"net","id":"4","pid":1,"tid":1,"ts":10},
                         {"ph":"F","name":"old","cat":"net","id":"4","pid":1,"tid":1,"ts":11}]\
                        """);

        assertEquals(
                List.of(-1L, 0L, 1L, -1L, -1L, 4L, -1L, -1L, -1L, -1L, -1L),
                trace.events().stream().map(event -> event.header().cause()).toList());
        assertEquals("6000 process 1/net local:0x9: load", texts(trace).get(6));
        assertEquals("10000 process 1/net 4: old", texts(trace).get(10));
        assertEquals("async_step", trace.event(7).value("phase"));
    }

    @Test
    void ftraceTextInsideIsMergedByTime() throws IOException {
        String text =
                "# tracer: nop\\n#\\n"
                        + " a-1     [000] .....    10.000000: tracing_mark_write:"
                        + " trace_event_clock_sync: parent_ts=110.0\\n"
                        + " a-1     [000] .....    10.000002: dma_fence_init: driver=\\u0064"
                        + " timeline=t context=1 seqno=2\\n"
                        + "garbage \\ud83d\\ude00\\n";
        MemoryTrace trace =
                imported(
                        "{\"systemTraceEvents\":\""
                                + text
                                + "\",\"traceEvents\":[{\"ph\":\"i\",\"name\":\"x\",\"ts\":110000001.5},"
                                + "{\"ph\":\"i\",\"name\":\"y\",\"ts\":110000002.5}]}");

        assertEquals(110_000_000_000L, trace.header().originNs());
        assertEquals(
                List.of("tracing_mark_write", "x", "dma_fence_init", "y"),
                trace.events().stream().map(event -> event.type().name()).toList());
        assertEquals(
                List.of(0L, 1_500L, 2_000L, 2_500L),
                trace.events().stream().map(Event::timeNs).toList());
        assertEquals("d", trace.event(2).value("driver"));
        assertEquals("cpus/cpu 0", path(trace, trace.event(2)));
        assertEquals(List.of("unparsed-line"), reasons(trace));
        assertTrue(trace.losses().getFirst().message().contains("\ud83d\ude00"));
    }

    @Test
    void markersInInstantsAreMarkers() throws IOException {
        MemoryTrace trace =
                imported("[{\"ph\":\"i\",\"name\":\"psm1 ins g=1 q=0 v=64\",\"tid\":5,\"ts\":1}]");

        assertEquals("print", trace.event(0).type().name());
        assertEquals("ins", trace.event(0).value("verb"));
        assertEquals(64L, trace.event(0).value("v"));
    }

    // ---- damage -------------------------------------------------------------------------------

    @Test
    void aListWithoutItsEndIsFine() throws IOException {
        for (String end : List.of("", ",", ",\n", "\n", "]")) {
            MemoryTrace trace = imported("[\n{\"ph\":\"i\",\"name\":\"a\",\"ts\":1}" + end);
            assertEquals(1, trace.eventCount(), end);
            assertEquals(List.of(), trace.losses(), end);
        }
        assertEquals(List.of(), imported("[").losses());
    }

    @Test
    void aCutInsideAnEventOrAnObjectIsTold() throws IOException {
        MemoryTrace list = imported("[{\"ph\":\"i\",\"name\":\"a\",\"ts\":1},{\"ph\":\"i\",\"na");
        assertEquals(1, list.eventCount());
        assertEquals(List.of("truncated"), reasons(list));
        MemoryTrace object = imported("{\"traceEvents\":[{\"ph\":\"i\",\"name\":\"a\",\"ts\":1},");
        assertEquals(1, object.eventCount());
        assertEquals(List.of("truncated"), reasons(object));
        assertTrue(object.losses().getFirst().message().startsWith("test.json: offset "));
    }

    @Test
    void readingGoesOnBehindADamagedEvent() throws IOException {
        MemoryTrace trace =
                imported(
                        """
                        [{"ph":"i","name":"a","ts":1},
                        {"ph":"i","name":"b",,,"ts":2},
                        {"ph":"i","name":"c","ts":3},{"ph":"i","name":"d","ts":}, {"ph":"i","name":"e","ts":5}]
                        """);

        assertEquals(
                List.of("a", "c", "e"),
                trace.events().stream().map(event -> event.type().name()).toList());
        assertEquals(List.of("damaged-json", "damaged-json"), reasons(trace));
    }

    @Test
    void whatIsNoEventIsCounted() throws IOException {
        MemoryTrace trace =
                imported(
                        """
                        [7,{"ph":"i","name":"no time"},{"ph":"i","ts":"x"},{"ph":"V","ts":1},
                         {"ph":"V","ts":2},{"ph":"i","name":"good","ts":3}, ["x"]]\
                        """);

        assertEquals(
                List.of("3000 process/thread unknown: good"),
                texts(trace).stream().map(text -> text.replaceFirst("^2000", "3000")).toList());
        assertEquals(
                List.of("bad-event", "bad-event", "bad-event", "bad-event", "unknown-event"),
                reasons(trace));
        assertEquals(2L, trace.losses().getLast().count());
    }

    @Test
    void anEventOfAnotherNameEachTimeDoesNotFillTheMemory() throws IOException {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < 70_000; i++) {
            json.append("{\"ph\":\"i\",\"ts\":1,\"name\":\"n").append(i).append("\"},\n");
        }
        MemoryTrace trace = imported(json.toString());

        assertEquals(70_000, trace.eventCount());
        assertTrue(trace.types().size() <= 8 * 1024 + 1, () -> "types: " + trace.types().size());
        assertEquals("n69999", trace.event(69_999).value("name"));
    }

    @Test
    void deepNestingAndLongNumbersAreDamageAndNoCrash() throws IOException {
        for (String args :
                List.of(
                        "[".repeat(100_000),
                        "{\"a\":".repeat(100_000),
                        "1".repeat(100_000),
                        "{\"a\":" + "9".repeat(300) + "}")) {
            MemoryTrace trace =
                    imported(
                            "[{\"ph\":\"i\",\"name\":\"a\",\"ts\":1},"
                                    + "{\"ph\":\"i\",\"name\":\"b\",\"ts\":2,\"args\":"
                                    + args
                                    + "}]");
            assertEquals("a", trace.event(0).type().name());
        }
    }

    @Test
    void cancellingKeepsWhatIsThere() throws IOException {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < 20_000; i++) {
            json.append("{\"ph\":\"i\",\"ts\":1,\"name\":\"n\"},\n");
        }
        Progress impatient =
                new Progress() {
                    private int calls;

                    @Override
                    public void advance(long doneBytes, long totalBytes) {
                        assertTrue(doneBytes <= totalBytes);
                        calls++;
                    }

                    @Override
                    public boolean isCancelled() {
                        return calls >= 6;
                    }
                };
        MemoryTrace trace = imported(json.toString().getBytes(StandardCharsets.UTF_8), impatient);

        assertEquals(List.of("cancelled"), reasons(trace));
        assertEquals(8_192, trace.eventCount());
    }

    @Test
    void mutatedFilesNeverFail() throws IOException {
        byte[] good =
                """
                {"displayTimeUnit":"ns","systemTraceEvents":"# tracer: nop\\n a-1 [000] ..... 1.5: x: y\\n",
                 "traceEvents":[{"ph":"B","name":"draw","cat":"g","pid":1,"tid":2,"ts":1.5,"args":{"a":[1]}},
                 {"ph":"E","pid":1,"tid":2,"ts":3e0},{"ph":"b","id2":{"local":"1"},"ts":4,"cat":"x","name":"n"},
                 {"ph":"M","name":"thread_name","pid":1,"tid":2,"args":{"name":"t\\u00e9"}},
                 {"ph":"C","name":"c","ts":5,"args":{"v":1.25}}],"otherData":{"producer":"panscope 1","origin_ns":"7"}}
                """
                        .getBytes(StandardCharsets.UTF_8);
        byte[] spice = "{}[]\",:\\\u0000e9-.tn".getBytes(StandardCharsets.UTF_8);
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            byte[] bad = good.clone();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                int at = random.nextInt(bad.length);
                bad[at] =
                        random.nextBoolean()
                                ? spice[random.nextInt(spice.length)]
                                : (byte) random.nextInt();
            }
            if (random.nextInt(3) == 0) {
                bad = Arrays.copyOf(bad, random.nextInt(bad.length));
            }
            try {
                imported(bad, Progress.NONE);
            } catch (IOException refused) {
                String message = String.valueOf(refused.getMessage());
                assertTrue(message.contains("UTF-8"), () -> "no reason: " + message);
            } catch (RuntimeException e) {
                throw new AssertionError("seed=" + seed, e);
            }
        }
    }
}
