package org.panscope.core.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class TraceMergeTest {
    private static final EventTypeInfo TICK =
            EventTypeInfo.dynamic(
                    "tick",
                    Layer.HOST,
                    List.of(FieldInfo.dynamic("n", FieldKind.INT, Unit.NONE, false)));

    private static MemoryTrace capture(
            String clock, long originNs, Map<String, String> attributes, long... timesNs) {
        MemoryTrace trace =
                new MemoryTrace(
                        new TraceHeader(
                                "test", "t", clock, originNs, "test", new TreeMap<>(attributes)));
        int cpus = trace.track(TrackInfo.ROOT, "cpus", "cpus");
        int track = trace.track(cpus, "cpu", "cpu 0");
        for (long time : timesNs) {
            trace.write(EventHeader.at(time, track), TICK, originNs + time);
        }
        trace.close();
        return trace;
    }

    private static ClockAlignment.Capture of(
            String name, Trace trace, @Nullable String clock, @Nullable Long offsetNs) {
        return new ClockAlignment.Capture(name, trace.header(), clock, offsetNs);
    }

    private static MemoryTrace merge(List<ClockAlignment.Capture> captures, List<Trace> traces)
            throws IOException {
        List<MemoryTrace> opened = new ArrayList<>();
        boolean cancelled =
                TraceMerge.merge(
                        captures,
                        traces,
                        header -> {
                            opened.add(new MemoryTrace(header));
                            return opened.getLast();
                        },
                        Progress.NONE);
        assertEquals(false, cancelled);
        assertTrue(opened.getFirst().isClosed());
        return opened.getFirst();
    }

    private static List<Long> times(MemoryTrace trace) {
        return trace.events().stream().map(Event::timeNs).toList();
    }

    @Test
    void capturesOfOneClockAreInterleavedByItsValues() throws IOException {
        MemoryTrace kernel = capture("mono", 1_000, Map.of(), 0, 50, 200);
        MemoryTrace user = capture("monotonic", 1_040, Map.of(), 0, 20);
        MemoryTrace merged =
                merge(
                        List.of(of("a", kernel, null, null), of("b", user, null, null)),
                        List.of(kernel, user));
        assertEquals(List.of(0L, 40L, 50L, 60L, 200L), times(merged));
        assertEquals(1_000, merged.header().originNs());
        assertEquals(1, merged.types().size());
        assertEquals(2, merged.tracks().size());
        assertEquals("0", merged.header().attributes().get("file.2.shift-ns"));
    }

    @Test
    void aClockThatTheOtherCaptureShowsAlignsThem() throws IOException {
        MemoryTrace kernel = capture("mono", 1_000, Map.of(), 0, 100);
        MemoryTrace user = capture("boot", 9_010, Map.of("clock.mono", "1010"), 0);
        MemoryTrace merged =
                merge(
                        List.of(of("a", kernel, null, null), of("b", user, null, null)),
                        List.of(kernel, user));
        assertEquals(List.of(0L, 10L, 100L), times(merged));
        MemoryTrace other =
                merge(
                        List.of(of("b", user, null, null), of("a", kernel, null, null)),
                        List.of(user, kernel));
        assertEquals(List.of(0L, 10L, 100L), times(other));
        assertEquals(9_000, other.header().originNs());
    }

    @Test
    void theUserCanNameTheClockOrTheDifference() throws IOException {
        MemoryTrace kernel = capture("mono", 1_000, Map.of(), 0);
        MemoryTrace text = capture("unknown", 1_005, Map.of(), 0);
        assertEquals(
                List.of(0L, 5L),
                times(
                        merge(
                                List.of(of("a", kernel, null, null), of("b", text, "mono", null)),
                                List.of(kernel, text))));
        assertEquals(
                List.of(0L, 3L),
                times(
                        merge(
                                List.of(of("a", kernel, null, null), of("b", text, null, -2L)),
                                List.of(kernel, text))));
    }

    @Test
    void clocksThatNothingRelatesAreRefused() {
        MemoryTrace kernel = capture("mono", 1_000, Map.of(), 0);
        MemoryTrace text = capture("unknown", 1_005, Map.of(), 0);
        ClockMismatchException refused =
                assertThrows(
                        ClockMismatchException.class,
                        () ->
                                merge(
                                        List.of(
                                                of("a.dat", kernel, null, null),
                                                of("b.txt", text, null, null)),
                                        List.of(kernel, text)));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("b.txt: nothing says"));
        assertThrows(
                ClockMismatchException.class,
                () ->
                        merge(
                                List.of(
                                        of("b.txt", text, null, null),
                                        of("c.txt", text, null, null)),
                                List.of(text, text)));
    }

    @Test
    void lossesAndCausesKeepTheirEvents() throws IOException {
        MemoryTrace kernel =
                new MemoryTrace(new TraceHeader("emulator", "e", "mono", 0, "t", new TreeMap<>()));
        int track = kernel.track(TrackInfo.ROOT, "cpus", "cpus");
        kernel.write(EventHeader.at(10, track), TICK, 1L);
        kernel.loss(new Loss("ring-overrun", "gone", 3L, 0, null, null, 1));
        kernel.write(
                new EventHeader(30, track, 0, true, 0, 1, "c", null, null), TICK, (Object) null);
        kernel.close();
        MemoryTrace user = capture("mono", 0, Map.of(), 5, 20, 40);
        MemoryTrace merged =
                merge(
                        List.of(of("u", user, null, null), of("k", kernel, null, null)),
                        List.of(user, kernel));
        assertEquals(List.of(0L, 5L, 15L, 25L, 35L), times(merged));
        assertEquals(1, merged.events().get(3).header().cause());
        assertTrue(merged.events().get(3).header().causeInferred());
        assertEquals(3, merged.losses().getFirst().beforeSeq());
        assertEquals(3L, merged.losses().getFirst().count());
    }
}
