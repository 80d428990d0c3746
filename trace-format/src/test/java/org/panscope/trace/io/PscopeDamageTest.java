package org.panscope.trace.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.trace.quality.Loss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/// Cut and damaged files: what is intact is read, what is not is accounted for.
class PscopeDamageTest {
    private static final int CHUNK = 12;
    private static final int EVENTS = 150;

    /// Rounds of each fuzzing test; `-Dpanscope.fuzz.rounds=100000` for a long run.
    private static final int ROUNDS = Integer.getInteger("panscope.fuzz.rounds", 600);

    @TempDir private Path dir;
    private Path damaged;
    private byte[] whole;
    private List<Event> events;
    private List<ChunkRef> chunks;

    @BeforeEach
    void writeATrace() throws IOException {
        writeATrace(CHUNK, EVENTS);
    }

    private void writeATrace(int chunkEvents, int count) throws IOException {
        Path path = dir.resolve("whole.pscope");
        damaged = dir.resolve("damaged.pscope");
        try (PscopeWriter writer = PscopeWriter.create(path, RandomTrace.HEADER, chunkEvents)) {
            new RandomTrace(42).writeTo(writer, count);
        }
        whole = Files.readAllBytes(path);
        try (PscopeReader trace = PscopeReader.open(path)) {
            events = Traces.events(trace);
        }
        chunks = chunks(path);
    }

    @Test
    void aFileCutAnywhereOpensWithExactlyItsCompleteChunks() throws IOException {
        writeATrace(3, 15);
        List<ChunkRef> eventChunks = ofKind(ContainerFormat.EVENTS);
        long from = eventChunks.get(eventChunks.size() - 4).offset();
        ChunkRef index = ofKind(ContainerFormat.INDEX).getFirst();
        for (int size = (int) from; size < whole.length; size++) {
            Files.write(damaged, Arrays.copyOf(whole, size));
            try (PscopeReader trace = PscopeReader.open(damaged)) {
                int cut = size;
                long complete =
                        eventChunks.stream()
                                .filter(chunk -> chunk.end() <= cut)
                                .mapToLong(chunk -> chunk.head().count())
                                .sum();
                assertEquals(complete, trace.eventCount(), "size " + size);
                assertEquals(
                        events.subList(0, (int) complete), Traces.events(trace), "size " + size);
                List<Loss> cuts = foundLosses(trace, "truncated");
                if (cut >= index.offset() + ChunkHead.SIZE) {
                    assertEquals(1, cuts.size(), "size " + size);
                    assertEquals(0L, cuts.getFirst().count(), "size " + size);
                } else {
                    assertCutIsToldExactly(cuts, eventChunks, cut);
                }
            }
        }
    }

    private void assertCutIsToldExactly(List<Loss> cuts, List<ChunkRef> eventChunks, int cut) {
        Loss last = cuts.getLast();
        assertNull(last.count());
        assertEquals((Long) (long) cut, last.offset());
        ChunkRef inside = null;
        for (ChunkRef chunk : eventChunks) {
            if (chunk.offset() + ChunkHead.SIZE <= cut && chunk.end() > cut) {
                inside = chunk;
            }
        }
        assertEquals(inside == null ? 1 : 2, cuts.size(), "size " + cut);
        if (inside != null) {
            assertEquals((Long) (long) inside.head().count(), cuts.getFirst().count());
            assertEquals((Long) inside.offset(), cuts.getFirst().offset());
        }
    }

    @Test
    void aDamagedEventChunkIsSkippedAndCounted() throws IOException {
        for (boolean withIndex : new boolean[] {true, false}) {
            for (int i = 0; i < 3; i++) {
                ChunkRef lost = ofKind(ContainerFormat.EVENTS).get(3 + i);
                // A byte of the payload, of the head's size field, of the head's marker.
                int[] at = {ChunkHead.SIZE + 5, 12, 0};
                byte[] bytes = withIndex ? whole.clone() : withoutIndex();
                bytes[(int) lost.offset() + at[i]] ^= 0x10;
                Files.write(damaged, bytes);
                try (PscopeReader trace = PscopeReader.open(damaged)) {
                    assertSkipped(trace, lost);
                }
            }
        }
    }

    private void assertSkipped(PscopeReader trace, ChunkRef lost) {
        Loss loss = foundLosses(trace, "corrupt-chunk").getFirst();
        assertEquals((Long) (long) lost.head().count(), loss.count());
        assertEquals((Long) lost.offset(), loss.offset());
        assertEquals(lost.head().firstSeq(), loss.beforeSeq());
        assertEquals(EVENTS - lost.head().count(), trace.eventCount());
        long first = lost.head().firstSeq();
        long end = first + lost.head().count();
        long sum = Arrays.stream(trace.typeCounts()).sum();
        assertEquals(trace.eventCount(), sum);
        for (Event event : Traces.events(trace)) {
            long was = event.seq() < first ? event.seq() : event.seq() + lost.head().count();
            Event original = events.get((int) was);
            assertEquals(original.type(), event.type());
            assertEquals(original.timeNs(), event.timeNs());
            long cause = original.header().cause();
            long expected =
                    cause >= first && cause < end
                            ? EventHeader.NO_CAUSE
                            : cause >= end ? cause - lost.head().count() : cause;
            assertEquals(expected, event.header().cause());
        }
        for (Contents.StoredKeyframe keyframe : trace.storedKeyframes()) {
            assertTrue(keyframe.seq() <= first);
        }
    }

    @Test
    void damageToDefinitionsLosesNothingWhileTheIndexHasThem() throws IOException {
        byte[] bytes = whole.clone();
        bytes[(int) ofKind(ContainerFormat.SCHEMA).getFirst().offset() + ChunkHead.SIZE] ^= 1;
        bytes[(int) ofKind(ContainerFormat.HEADER).getFirst().offset() + ChunkHead.SIZE] ^= 1;
        Files.write(damaged, bytes);
        try (PscopeReader trace = PscopeReader.open(damaged)) {
            assertEquals(RandomTrace.HEADER, trace.header());
            assertEquals(events, Traces.events(trace));
            for (Loss loss : foundLosses(trace, "corrupt-chunk")) {
                assertEquals(0L, loss.count());
            }
        }
    }

    @Test
    void withoutIndexADamagedDefinitionCostsOnlyTheChunksThatUseIt() throws IOException {
        byte[] bytes = withoutIndex();
        ChunkRef types = ofKind(ContainerFormat.SCHEMA).get(2);
        bytes[(int) types.offset() + ChunkHead.SIZE] ^= 1;
        Files.write(damaged, bytes);
        try (PscopeReader trace = PscopeReader.open(damaged)) {
            long kept = trace.eventCount();
            assertTrue(kept >= 2 * CHUNK && kept < EVENTS, "kept " + kept);
            long lost = 0;
            for (Loss loss : foundLosses(trace, "corrupt-chunk")) {
                lost += loss.count() == null ? 0 : loss.count();
            }
            assertEquals(EVENTS, kept + lost);
            assertEquals(kept, Traces.events(trace).size());
        }
    }

    @Test
    void flippedBytesNeverCauseAnythingButAFormatException() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = round % 3 == 0 ? withoutIndex() : whole.clone();
            int flips = 1 + random.nextInt(4);
            for (int i = 0; i < flips; i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            readAll(bytes, PscopeReader.VERIFY_LIMIT, "round " + round);
        }
    }

    /// Damage behind good checksums, as a hostile file has it.
    @Test
    void forgedPayloadsNeverCauseAnythingButAFormatException() throws IOException {
        Random random = new Random(2);
        for (int round = 0; round < ROUNDS; round++) {
            ChunkRef chunk = chunks.get(random.nextInt(chunks.size()));
            byte[] bytes = whole.clone();
            try (ChunkFile file = ChunkFile.open(dir.resolve("whole.pscope"))) {
                byte[] payload = file.payload(chunk);
                int flips = 1 + random.nextInt(3);
                for (int i = 0; i < flips; i++) {
                    payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
                }
                bytes = replaced(bytes, chunk, payload);
            }
            readAll(bytes, PscopeReader.VERIFY_LIMIT, "round " + round);
        }
    }

    @Test
    void damageInAFileTooLargeToVerifyShowsWhenItIsLookedAt() throws IOException {
        ChunkRef lost = ofKind(ContainerFormat.EVENTS).get(4);
        byte[] bytes = whole.clone();
        bytes[(int) lost.offset() + ChunkHead.SIZE + 3] ^= 1;
        Files.write(damaged, bytes);
        try (PscopeReader trace = PscopeReader.open(damaged, 0)) {
            assertEquals(EVENTS, trace.eventCount());
            assertEquals(events.getFirst(), trace.event(0));
            UncheckedIOException thrown =
                    assertThrows(
                            UncheckedIOException.class, () -> trace.event(lost.head().firstSeq()));
            assertTrue(
                    String.valueOf(thrown.getMessage()).contains("byte " + lost.offset()),
                    thrown.getMessage());
        }
    }

    @Test
    void aNewerMajorVersionIsRefusedInOneSentence() throws IOException {
        byte[] bytes = whole.clone();
        bytes[8] = 2;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, 12);
        for (int i = 0; i < 4; i++) {
            bytes[12 + i] = (byte) (crc.getValue() >> (8 * i));
        }
        Files.write(damaged, bytes);
        assertEquals(
                damaged + ": is of format version 2.0, but this program reads only version 1",
                refusal());
    }

    @Test
    void whatIsNoTraceIsRefused() throws IOException {
        Files.write(damaged, new byte[0]);
        assertTrue(refusal().contains("has only 0 bytes"));
        Files.write(damaged, new byte[100]);
        assertTrue(refusal().contains("magic number"));
        Files.write(damaged, Arrays.copyOf(whole, 40));
        assertTrue(refusal().contains("before its first complete chunk"));
    }

    private String refusal() {
        TraceFormatException thrown =
                assertThrows(TraceFormatException.class, () -> PscopeReader.open(damaged));
        assertNotNull(thrown.getMessage());
        return thrown.getMessage();
    }

    private void readAll(byte[] bytes, long verifyLimit, String where) throws IOException {
        Files.write(damaged, bytes);
        try (PscopeReader trace = PscopeReader.open(damaged, verifyLimit)) {
            EventCursor cursor = trace.cursor(0);
            while (cursor.next()) {
                assertEquals(cursor.seq(), cursor.event().seq(), where);
            }
            trace.firstAtOrAfter(1000);
            trace.keyframeAtOrBefore("state/1", Long.MAX_VALUE);
        } catch (TraceFormatException refused) {
            assertNotNull(refused.getMessage(), where);
        } catch (UncheckedIOException refused) {
            assertTrue(refused.getCause() instanceof TraceFormatException, where);
        }
    }

    /// The file with another payload in one chunk, all checksums and offsets made right; the index
    /// chunk, when it is not the one replaced, is left out.
    private static byte[] replaced(byte[] bytes, ChunkRef chunk, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload);
        ChunkHead old = chunk.head();
        ByteOutput out = new ByteOutput();
        out.raw(bytes, 0, (int) chunk.offset());
        new ChunkHead(
                        old.kind(),
                        0,
                        payload.length,
                        payload.length,
                        old.count(),
                        old.firstSeq(),
                        old.minTime(),
                        old.maxTime(),
                        (int) crc.getValue())
                .write(out);
        out.raw(payload, 0, payload.length);
        int end = (int) chunk.end();
        out.raw(bytes, end, bytes.length - end);
        return out.toByteArray();
    }

    private byte[] withoutIndex() {
        return Arrays.copyOf(whole, (int) ofKind(ContainerFormat.INDEX).getFirst().offset());
    }

    /// Losses that opening found, not those written.
    private static List<Loss> foundLosses(Trace trace, String reason) {
        return trace.losses().stream().filter(loss -> loss.reason().equals(reason)).toList();
    }

    private List<ChunkRef> ofKind(int kind) {
        return chunks.stream().filter(chunk -> chunk.isKind(kind)).toList();
    }

    private static List<ChunkRef> chunks(Path path) throws IOException {
        List<ChunkRef> found = new ArrayList<>();
        try (ChunkFile file = ChunkFile.open(path)) {
            ChunkRef chunk = file.chunkAt(ContainerFormat.FILE_HEADER_SIZE);
            while (chunk != null) {
                found.add(chunk);
                chunk = file.chunkAt(chunk.end());
            }
        }
        return found;
    }
}
