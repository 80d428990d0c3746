package org.panscope.trace.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Vocabulary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

class PscopeRoundTripTest {
    private static final int EVENTS = 700;

    @TempDir private Path dir;

    @Test
    void everyEventComesBackAsItWasWritten() throws IOException {
        for (int seed = 0; seed < 10; seed++) {
            MemoryTrace expected = new MemoryTrace(RandomTrace.HEADER);
            new RandomTrace(seed).writeTo(expected, EVENTS);
            try (PscopeReader actual = PscopeReader.open(write(seed, 100))) {
                assertEquals(EVENTS, actual.eventCount(), "seed " + seed);
                assertEquals(expected.events(), Traces.events(actual), "seed " + seed);
                assertEquals(expected.tracks(), actual.tracks(), "seed " + seed);
                assertEquals(expected.losses(), actual.losses(), "seed " + seed);
                assertEquals(expected.types(), actual.types(), "seed " + seed);
                assertEquals(RandomTrace.HEADER, actual.header());
            }
        }
    }

    @Test
    void everyVocabularyRecordComesBackAsARecord() throws IOException {
        try (PscopeReader trace = PscopeReader.open(write(1, 100))) {
            for (int i = 0; i < Vocabulary.get().types().size(); i++) {
                var record = trace.event(i).record();
                assertNotNull(record, trace.event(i).toString());
                assertEquals(Vocabulary.get().types().get(i).recordClass(), record.getClass());
            }
        }
    }

    @Test
    void randomAccessAgreesWithTheCursor() throws IOException {
        try (PscopeReader trace = PscopeReader.open(write(2, 64))) {
            List<Event> events = Traces.events(trace);
            long[] counts = new long[trace.types().size()];
            for (int seq = EVENTS - 1; seq >= 0; seq--) {
                Event event = events.get(seq);
                assertEquals(event, trace.event(seq));
                assertEquals(event.timeNs(), trace.timeNs(seq));
                assertEquals(event.type(), trace.types().get(trace.typeIndex(seq)));
                assertEquals(event.header().track(), trace.track(seq));
                assertEquals(event.header().cause(), trace.cause(seq));
                counts[trace.typeIndex(seq)]++;
            }
            assertArrayEquals(counts, trace.typeCounts());
            assertThrows(IndexOutOfBoundsException.class, () -> trace.event(EVENTS));
            assertThrows(IndexOutOfBoundsException.class, () -> trace.event(-1));
        }
    }

    @Test
    void aCursorMayStartAnywhere() throws IOException {
        try (PscopeReader trace = PscopeReader.open(write(3, 64))) {
            for (int from : new int[] {0, 1, 63, 64, 65, 500, EVENTS - 1}) {
                EventCursor cursor = trace.cursor(from);
                for (long seq = from; seq < Math.min(from + 70, EVENTS); seq++) {
                    assertEquals(true, cursor.next());
                    assertEquals(seq, cursor.seq());
                    assertEquals(trace.event(seq), cursor.event());
                }
            }
            assertEquals(false, trace.cursor(EVENTS).next());
        }
    }

    @Test
    void theFirstEventAtOrAfterATimeSeesTimesThatGoBackAsNotGoingBack() throws IOException {
        try (PscopeReader trace = PscopeReader.open(write(4, 32))) {
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
    void aChunkWhoseTimesAllGoBackIsNotMistakenForALaterOne() throws IOException {
        Path path = dir.resolve("back.pscope");
        EventTypeInfo type = EventTypeInfo.dynamic("t", Layer.HOST, List.of());
        try (PscopeWriter writer = PscopeWriter.create(path, RandomTrace.HEADER, 1)) {
            int track = writer.track(TrackInfo.ROOT, "cpu", "0");
            for (long time : new long[] {0, 100, 50, 60, 200}) {
                writer.write(EventHeader.at(time, track), type);
            }
        }
        try (PscopeReader trace = PscopeReader.open(path)) {
            assertEquals(1, trace.firstAtOrAfter(55));
            assertEquals(4, trace.firstAtOrAfter(101));
        }
    }

    @Test
    void theLatestKeyframeOfAProducerIsFound() throws IOException {
        Path path = dir.resolve("keyframes.pscope");
        try (PscopeWriter writer = PscopeWriter.create(path, RandomTrace.HEADER, 3)) {
            writer.keyframe("a", 0, new byte[] {0});
            new RandomTrace(5).writeTo(writer, 10);
            writer.keyframe("a", 7, new byte[] {7});
            writer.keyframe("b", 9, new byte[0]);
            writer.keyframe("a", 4, new byte[] {4});
        }
        try (PscopeReader trace = PscopeReader.open(path)) {
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
    void theSameCallsGiveTheSameBytes() throws IOException {
        byte[] first = Files.readAllBytes(write(6, 100));
        assertArrayEquals(first, Files.readAllBytes(write(6, 100)));
    }

    @Test
    void aCopyKeepsEverything() throws IOException {
        Path original = write(7, 50);
        Path copy = dir.resolve("copy.pscope");
        try (PscopeReader from = PscopeReader.open(original);
                PscopeWriter to = PscopeWriter.create(copy, from.header(), 80)) {
            TraceCopy.copy(from, to);
        }
        try (PscopeReader from = PscopeReader.open(original);
                PscopeReader to = PscopeReader.open(copy)) {
            Traces.assertSame(from, to);
            assertEquals(from.storedKeyframes().size(), to.storedKeyframes().size());
            for (long seq = 0; seq < EVENTS; seq += 13) {
                Trace.Keyframe expected = from.keyframeAtOrBefore("state/1", seq);
                Trace.Keyframe actual = to.keyframeAtOrBefore("state/1", seq);
                assertEquals(expected == null, actual == null);
                if (expected != null && actual != null) {
                    assertEquals(expected.seq(), actual.seq());
                    assertArrayEquals(expected.state(), actual.state());
                }
            }
        }
    }

    @Test
    void chunksOfUnknownKindsSurviveACopy() throws IOException {
        Path original = dir.resolve("foreign.pscope");
        int kind = ContainerFormat.code("XTRA");
        try (PscopeWriter writer = PscopeWriter.create(original, RandomTrace.HEADER, 4)) {
            new RandomTrace(8).writeTo(writer, 8);
            writer.foreignChunk(new ForeignChunk(kind, 3, 8, new byte[] {1, 2, 3}));
        }
        Path copy = dir.resolve("copy.pscope");
        try (PscopeReader from = PscopeReader.open(original);
                PscopeWriter to = PscopeWriter.create(copy, from.header(), 4)) {
            TraceCopy.copy(from, to);
        }
        try (PscopeReader trace = PscopeReader.open(copy)) {
            assertEquals(8, trace.eventCount());
            ForeignChunk chunk = trace.foreignChunks().getFirst();
            assertEquals(kind, chunk.kind());
            assertEquals(3, chunk.count());
            assertArrayEquals(new byte[] {1, 2, 3}, chunk.payload());
        }
    }

    @Test
    void aTraceWithoutEventsIsATrace() throws IOException {
        Path path = dir.resolve("empty.pscope");
        PscopeWriter.create(path, RandomTrace.HEADER).close();
        try (PscopeReader trace = PscopeReader.open(path)) {
            assertEquals(0, trace.eventCount());
            assertEquals(0, trace.firstTimeNs());
            assertEquals(0, trace.lastTimeNs());
            assertEquals(0, trace.firstAtOrAfter(5));
            assertEquals(List.of(), trace.losses());
            assertEquals(false, trace.cursor(0).next());
        }
    }

    @Test
    void aValueOfTheWrongKindIsRefusedAndLeavesTheTraceIntact() throws IOException {
        Path path = dir.resolve("refused.pscope");
        EventTypeInfo type = Vocabulary.get().types().getFirst().info();
        try (PscopeWriter writer = PscopeWriter.create(path, RandomTrace.HEADER)) {
            new RandomTrace(9).writeTo(writer, 5);
            EventHeader header = EventHeader.at(0, 0);
            Object[] wrong = new Object[type.fields().size()];
            Arrays.fill(wrong, 1.5);
            assertThrows(IllegalArgumentException.class, () -> writer.write(header, type, wrong));
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> writer.write(EventHeader.at(0, 99), type, new Object[wrong.length]));
        }
        try (PscopeReader trace = PscopeReader.open(path)) {
            assertEquals(5, Traces.events(trace).size());
        }
    }

    private Path write(long seed, int chunkEvents) throws IOException {
        Path path = dir.resolve("trace-" + seed + ".pscope");
        try (PscopeWriter writer = PscopeWriter.create(path, RandomTrace.HEADER, chunkEvents)) {
            new RandomTrace(seed).writeTo(writer, EVENTS);
        }
        return path;
    }
}
