package org.panscope.trace.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.trace.schema.Vocabulary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

    private Path write(long seed, int chunkEvents) throws IOException {
        Path path = dir.resolve("trace-" + seed + ".pscope");
        try (PscopeWriter writer = PscopeWriter.create(path, RandomTrace.HEADER, chunkEvents)) {
            new RandomTrace(seed).writeTo(writer, EVENTS);
        }
        return path;
    }
}
