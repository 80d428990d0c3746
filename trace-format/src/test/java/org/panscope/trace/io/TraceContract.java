package org.panscope.trace.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;
import org.panscope.trace.schema.Vocabulary;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// What every trace keeps to, wherever its events are.
abstract class TraceContract {
    private static final int EVENTS = 700;
    private static final EventTypeInfo BARE = EventTypeInfo.dynamic("t", Layer.HOST, List.of());

    /// Calls a writer.
    interface Script {
        void writeTo(TraceWriter writer) throws IOException;
    }

    /// The trace that these calls write, open for reading.
    abstract Trace write(Script script) throws IOException;

    @Test
    void randomAccessAgreesWithTheCursor() throws IOException {
        try (Trace trace = random(2)) {
            List<Event> events = Traces.events(trace);
            assertEquals(EVENTS, events.size());
            long[] counts = new long[trace.types().size()];
            for (int seq = EVENTS - 1; seq >= 0; seq--) {
                Event event = events.get(seq);
                assertEquals(seq, event.seq());
                assertEquals(event, trace.event(seq));
                assertEquals(event.timeNs(), trace.timeNs(seq));
                assertEquals(event.type(), trace.types().get(trace.typeIndex(seq)));
                assertEquals(event.header().track(), trace.track(seq));
                assertEquals(event.header().cause(), trace.cause(seq));
                counts[trace.typeIndex(seq)]++;
            }
            assertArrayEquals(counts, trace.typeCounts());
        }
    }

    @Test
    void theCursorTellsWhatTheEventHolds() throws IOException {
        try (Trace trace = random(6)) {
            EventCursor cursor = trace.cursor(0);
            while (cursor.next()) {
                Event event = trace.event(cursor.seq());
                EventHeader header = event.header();
                EventHeader told =
                        new EventHeader(
                                cursor.timeNs(),
                                cursor.track(),
                                cursor.cause(),
                                cursor.isCauseInferred(),
                                cursor.cpu(),
                                cursor.pid(),
                                cursor.comm(),
                                cursor.context(),
                                cursor.locks());
                assertEquals(header, told);
                assertEquals(event.type(), cursor.type());
                assertEquals(trace.typeIndex(cursor.seq()), cursor.typeIndex());
                for (int i = 0; i < event.fieldCount(); i++) {
                    assertField(event.value(i), cursor, i);
                }
            }
        }
    }

    private static void assertField(@Nullable Object expected, EventCursor cursor, int field) {
        Object value = cursor.value(field);
        if (expected instanceof byte[] bytes && value instanceof byte[] told) {
            assertArrayEquals(bytes, told);
        } else {
            assertEquals(expected, value);
        }
        assertEquals(expected != null, cursor.isPresent(field));
        FieldInfo info = cursor.type().fields().get(field);
        switch (info.kind()) {
            case INT ->
                    assertEquals(
                            expected == null ? (Object) 0L : expected, cursor.longValue(field));
            case BOOL ->
                    assertEquals(Boolean.TRUE.equals(expected) ? 1 : 0, cursor.longValue(field));
            case ENUM ->
                    assertEquals(
                            expected == null ? 0 : info.labels().indexOf((String) expected),
                            cursor.longValue(field));
            case TEXT, BYTES -> {
                // These have no number.
            }
        }
    }

    @Test
    void aCursorMayStartAnywhere() throws IOException {
        try (Trace trace = random(3)) {
            for (int from : new int[] {0, 1, 63, 64, 65, 500, EVENTS - 1}) {
                EventCursor cursor = trace.cursor(from);
                assertThrows(IllegalStateException.class, cursor::timeNs);
                for (long seq = from; seq < Math.min(from + 70, EVENTS); seq++) {
                    assertTrue(cursor.next());
                    assertEquals(seq, cursor.seq());
                    assertEquals(trace.event(seq), cursor.event());
                }
            }
        }
    }

    @Test
    void aCursorStaysOnTheLastEvent() throws IOException {
        try (Trace trace = random(3)) {
            EventCursor cursor = trace.cursor(EVENTS - 1);
            assertTrue(cursor.next());
            assertFalse(cursor.next());
            assertFalse(cursor.next());
            assertEquals(EVENTS - 1, cursor.seq());
            assertEquals(trace.lastTimeNs(), cursor.timeNs());
            assertFalse(trace.cursor(EVENTS).next());
        }
    }

    @Test
    void placesOutsideTheTraceAreRefused() throws IOException {
        try (Trace trace = random(2)) {
            for (long seq : new long[] {-1, EVENTS, Long.MIN_VALUE, 1L << 32}) {
                assertThrows(IndexOutOfBoundsException.class, () -> trace.event(seq));
                assertThrows(IndexOutOfBoundsException.class, () -> trace.timeNs(seq));
                assertThrows(IndexOutOfBoundsException.class, () -> trace.typeIndex(seq));
                assertThrows(IndexOutOfBoundsException.class, () -> trace.track(seq));
                assertThrows(IndexOutOfBoundsException.class, () -> trace.cause(seq));
            }
            assertThrows(IndexOutOfBoundsException.class, () -> trace.cursor(-1));
            assertThrows(IndexOutOfBoundsException.class, () -> trace.cursor(EVENTS + 1));
        }
    }

    @Test
    void theFirstEventAtOrAfterATimeSeesTimesThatGoBackAsNotGoingBack() throws IOException {
        try (Trace trace = random(4)) {
            List<Event> events = Traces.events(trace);
            long last = events.getLast().timeNs();
            for (long time = -100; time < last + 200; time += 97) {
                long expected = 0;
                while (expected < EVENTS && events.get((int) expected).timeNs() < time) {
                    expected++;
                }
                assertEquals(expected, trace.firstAtOrAfter(time), "time " + time);
            }
            assertEquals(0, trace.firstAtOrAfter(Long.MIN_VALUE));
            assertEquals(EVENTS, trace.firstAtOrAfter(Long.MAX_VALUE));
            assertEquals(events.getFirst().timeNs(), trace.firstTimeNs());
            assertEquals(last, trace.lastTimeNs());
        }
    }

    @Test
    void aLongStepBackInTimeHidesNothing() throws IOException {
        Script script =
                writer -> {
                    int track = writer.track(TrackInfo.ROOT, "cpu", "0");
                    writer.write(EventHeader.at(0, track), BARE);
                    writer.write(EventHeader.at(100, track), BARE);
                    for (int i = 2; i < 150; i++) {
                        writer.write(EventHeader.at(50, track), BARE);
                    }
                    writer.write(EventHeader.at(200, track), BARE);
                };
        try (Trace trace = write(script)) {
            assertEquals(1, trace.firstAtOrAfter(55));
            assertEquals(1, trace.firstAtOrAfter(100));
            assertEquals(150, trace.firstAtOrAfter(101));
        }
    }

    @Test
    void theSameTrackIsDefinedOnce() throws IOException {
        Script script =
                writer -> {
                    assertEquals(0, writer.track(TrackInfo.ROOT, "process", "a"));
                    assertEquals(1, writer.track(0, "thread", "a"));
                    assertEquals(2, writer.track(TrackInfo.ROOT, "thread", "a"));
                    assertEquals(0, writer.track(TrackInfo.ROOT, "process", "a"));
                    assertEquals(1, writer.track(0, "thread", "a"));
                    assertThrows(
                            IndexOutOfBoundsException.class, () -> writer.track(3, "thread", "b"));
                };
        try (Trace trace = write(script)) {
            assertEquals(
                    List.of(
                            new TrackInfo(0, TrackInfo.ROOT, "process", "a"),
                            new TrackInfo(1, 0, "thread", "a"),
                            new TrackInfo(2, TrackInfo.ROOT, "thread", "a")),
                    trace.tracks());
        }
    }

    @Test
    void theLatestKeyframeOfAProducerIsFound() throws IOException {
        Script script =
                writer -> {
                    writer.keyframe("a", 0, new byte[] {0});
                    new RandomTrace(5).writeTo(writer, 10);
                    writer.keyframe("a", 7, new byte[] {7});
                    writer.keyframe("b", 9, new byte[0]);
                    writer.keyframe("a", 4, new byte[] {4});
                };
        try (Trace trace = write(script)) {
            Trace.Keyframe at6 = trace.keyframeAtOrBefore("a", 6);
            assertNotNull(at6);
            assertEquals(4, at6.seq());
            assertArrayEquals(new byte[] {4}, at6.state());
            assertNull(trace.keyframeAtOrBefore("b", 8));
            assertNotNull(trace.keyframeAtOrBefore("b", 9));
            assertNull(trace.keyframeAtOrBefore("c", 9));
        }
    }

    @Test
    void aKeyframeOutsideTheTraceIsPassedOver() throws IOException {
        Script script =
                writer -> {
                    new RandomTrace(5).writeTo(writer, 10);
                    writer.keyframe("a", -1, new byte[] {1});
                    writer.keyframe("b", 10, new byte[] {2});
                    writer.keyframe("b", 11, new byte[] {3});
                };
        try (Trace trace = write(script)) {
            assertNull(trace.keyframeAtOrBefore("a", 10));
            Trace.Keyframe end = trace.keyframeAtOrBefore("b", Long.MAX_VALUE);
            assertEquals(10, Objects.requireNonNull(end).seq());
        }
    }

    @Test
    void aTraceWithoutEventsIsATrace() throws IOException {
        Loss loss = new Loss("truncated", "gone", 5L, 1, 2L, 3L, 0);
        try (Trace trace = write(writer -> writer.loss(loss))) {
            assertEquals(0, trace.eventCount());
            assertEquals(RandomTrace.HEADER, trace.header());
            assertEquals(List.of(), trace.types());
            assertEquals(List.of(), trace.tracks());
            assertEquals(0, trace.typeCounts().length);
            assertEquals(0, trace.firstTimeNs());
            assertEquals(0, trace.lastTimeNs());
            assertEquals(0, trace.firstAtOrAfter(5));
            assertEquals(List.of(loss), trace.losses());
            assertFalse(trace.cursor(0).next());
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAndLeavesTheTraceIntact() throws IOException {
        EventTypeInfo type = Vocabulary.get().types().getFirst().info();
        Object[] wrong = new Object[type.fields().size()];
        Arrays.fill(wrong, 1.5);
        Object[] absent = new Object[wrong.length];
        EventHeader header = EventHeader.at(0, 0);
        EventHeader nowhere = EventHeader.at(0, 99);
        EventHeader causeless = new EventHeader(0, 0, -2, false, -1, -1, null, null, null);
        Script script =
                writer -> {
                    new RandomTrace(9).writeTo(writer, 5);
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> writer.write(header, type, wrong));
                    assertThrows(
                            IllegalArgumentException.class, () -> writer.write(header, BARE, 1L));
                    assertThrows(
                            IndexOutOfBoundsException.class,
                            () -> writer.write(nowhere, type, absent));
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> writer.write(causeless, type, absent));
                    assertEquals(5, writer.eventCount());
                };
        try (Trace trace = write(script)) {
            assertEquals(5, Traces.events(trace).size());
            assertEquals(5, Arrays.stream(trace.typeCounts()).sum());
        }
    }

    @Test
    void bytesChangedAfterwardsDoNotChangeTheTrace() throws IOException {
        EventTypeInfo type =
                EventTypeInfo.dynamic(
                        "raw",
                        Layer.HOST,
                        List.of(FieldInfo.dynamic("data", FieldKind.BYTES, Unit.NONE, true)));
        byte[] bytes = {1, 2};
        Script script =
                writer -> {
                    EventHeader header =
                            EventHeader.at(0, writer.track(TrackInfo.ROOT, "cpu", "0"));
                    writer.write(header, type, (Object) bytes);
                    writer.write(
                            header,
                            new UserEvent.RingWrite(1, 0, 0, 2, bytes, UserEvent.Writer.USER));
                    writer.keyframe("a", 0, bytes);
                    bytes[0] = 9;
                };
        try (Trace trace = write(script)) {
            byte[] expected = {1, 2};
            assertArrayEquals(expected, (byte[]) trace.event(0).value("data"));
            assertArrayEquals(expected, (byte[]) trace.event(1).value("data"));
            Trace.Keyframe keyframe = Objects.requireNonNull(trace.keyframeAtOrBefore("a", 0));
            assertArrayEquals(expected, keyframe.state());
        }
    }

    private Trace random(long seed) throws IOException {
        return write(writer -> new RandomTrace(seed).writeTo(writer, EVENTS));
    }
}
