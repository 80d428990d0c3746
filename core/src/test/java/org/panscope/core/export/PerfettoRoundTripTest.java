package org.panscope.core.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.panscope.core.input.InputFormat;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What is written for the Perfetto UI is the whole trace: reading it gives the same again.
class PerfettoRoundTripTest {
    private static final Path SAMPLES = Path.of("../samples");

    @TempDir private Path folder = Path.of("");

    /// Longer runs of what the others hold as well.
    private static final Set<String> SLOW =
            Set.of(
                    "create-kick-race.json",
                    "eight-groups.json",
                    "mixed-flows.json",
                    "panvk-frame-loop.json");

    static Stream<Path> samples() throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(SAMPLES)) {
            files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !SLOW.contains(String.valueOf(file.getFileName())))
                    .sorted()
                    .forEach(all::add);
        }
        try (Stream<Path> files = Files.list(SAMPLES.resolve("captures"))) {
            files.filter(file -> !file.toString().endsWith(".md")).sorted().forEach(all::add);
        }
        return all.stream();
    }

    private static OpenedTrace open(Path file) throws IOException {
        return TraceInputs.open(
                file.toString(),
                new ByteArrayInputStream(new byte[0]),
                Progress.NONE,
                List.of("all"));
    }

    private static byte[] export(Trace trace) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PerfettoExport.write(trace, out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyEventComesBackAsItWas(Path sample) throws IOException {
        Path file = folder.resolve("x.pftrace");
        try (OpenedTrace original = open(sample)) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                PerfettoExport.write(original.trace(), out);
            }
            try (OpenedTrace again = open(file)) {
                assertEquals(InputFormat.PERFETTO, again.format());
                assertSame(original.trace(), again.trace());
            }
        }
    }

    private static void assertSame(Trace wanted, Trace found) {
        assertEquals(wanted.header(), found.header());
        assertEquals(wanted.losses(), found.losses());
        assertEquals(wanted.tracks(), found.tracks());
        for (long seq = 0; seq < wanted.eventCount(); seq++) {
            assertEquals(wanted.event(seq), found.event(seq));
        }
        assertEquals(wanted.eventCount(), found.eventCount());
    }

    @Test
    void anExportIsTheSameEachTime() throws IOException {
        try (OpenedTrace trace = open(SAMPLES.resolve("hello-ring.json"))) {
            byte[] first = export(trace.trace());
            assertEquals(0, Arrays.compare(first, export(trace.trace())));
        }
    }

    @Test
    void whatATraceMayHoldAndASampleDoesNotComesBackToo() throws IOException {
        TreeMap<String, String> attributes = new TreeMap<>();
        attributes.put("odd \"key\"", "välue\n");
        MemoryTrace trace =
                new MemoryTrace(new TraceHeader("test", "a b", "mono", 5, "somebody", attributes));
        EventTypeInfo type =
                EventTypeInfo.dynamic(
                        "every_kind",
                        Layer.MARK,
                        List.of(
                                FieldInfo.dynamic("number", FieldKind.INT, Unit.NONE, true),
                                FieldInfo.dynamic("mask", FieldKind.INT, Unit.HEX, false),
                                FieldInfo.dynamic("flag", FieldKind.BOOL, Unit.NONE, false),
                                FieldInfo.dynamic("text", FieldKind.TEXT, Unit.NONE, false),
                                new FieldInfo(
                                        "word",
                                        FieldKind.ENUM,
                                        Unit.NONE,
                                        false,
                                        true,
                                        List.of("one", "two"),
                                        "a doc"),
                                FieldInfo.dynamic("bytes", FieldKind.BYTES, Unit.NONE, false)));
        int root = trace.track(TrackInfo.ROOT, "process", "process a/b 7");
        int child = trace.track(root, "thread", "worker 7");
        trace.write(
                new EventHeader(-900, child, -1, false, 3, 7, "a\\b", "irq", ""),
                type,
                Long.MIN_VALUE,
                -1L,
                true,
                "x".repeat(5000) + "é€😀",
                "two",
                new byte[] {0, -1, 7});
        trace.write(
                new EventHeader(-1000, root, 0, true, -1, -1, null, null, "a+b"),
                type,
                null,
                null,
                null,
                null,
                null,
                null);
        trace.write(
                new EventHeader(50, child, 1, false, 0, 0, "", "", null),
                type,
                0L,
                0L,
                false,
                "",
                "one",
                new byte[0]);
        trace.loss(new Loss("why", "what happened", null, 2, null, 17L, 1));
        trace.loss(new Loss("end", "nothing more", 4L, null, 3L, null, 3));
        trace.close();
        Path file = Files.write(folder.resolve("x.pftrace"), export(trace));
        try (OpenedTrace again = open(file)) {
            assertSame(trace, again.trace());
        }
    }

    @Test
    void twoExportsInOneFileKeepTheirEventsAndCauses() throws IOException {
        try (OpenedTrace one = open(SAMPLES.resolve("hello-ring.json"))) {
            byte[] bytes = export(one.trace());
            Path file = folder.resolve("two.pftrace");
            Files.write(file, bytes);
            Files.write(file, bytes, StandardOpenOption.APPEND);
            try (OpenedTrace both = open(file)) {
                assertEquals(2 * one.trace().eventCount(), both.trace().eventCount());
                List<Event> causes = new ArrayList<>();
                for (long seq = 0; seq < both.trace().eventCount(); seq++) {
                    Event event = both.trace().event(seq);
                    if (event.header().cause() >= 0) {
                        causes.add(event);
                        assertTrue(event.header().cause() < both.trace().eventCount());
                    }
                }
                assertTrue(causes.size() > 10, () -> "causes: " + causes.size());
            }
        }
    }
}
