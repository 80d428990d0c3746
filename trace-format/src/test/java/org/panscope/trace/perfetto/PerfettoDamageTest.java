package org.panscope.trace.perfetto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.trace.perfetto.Pftrace.bundle;
import static org.panscope.trace.perfetto.Pftrace.clocks;
import static org.panscope.trace.perfetto.Pftrace.event;
import static org.panscope.trace.perfetto.Pftrace.fence;
import static org.panscope.trace.perfetto.Pftrace.packet;

import com.github.luben.zstd.Zstd;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.trace.ftrace.ImportSummary;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TrackAssigner;
import org.panscope.trace.quality.Loss;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Files that are cut off, damaged, or made to hurt: what can be read is read, the rest is told.
class PerfettoDamageTest {
    private static Pftrace everyKind() {
        Proto columns =
                Proto.message()
                        .text(5, "render")
                        .packed(1, 1000, 100)
                        .packed(2, 1, 0)
                        .packed(3, 40, 0)
                        .packed(4, 120, 120)
                        .packed(6, 0, 0)
                        .packed(7, 1050)
                        .packed(8, 41)
                        .packed(9, 1)
                        .packed(10, 98)
                        .packed(11, 0);
        Proto compact =
                Proto.message()
                        .number(1, 1)
                        .number(3, 1)
                        .number(9, 900)
                        .message(4, columns)
                        .message(2, event(1010, 4, 65_536, Proto.message().number(1, 9)))
                        .message(
                                11,
                                Proto.message()
                                        .number(1, 65_536)
                                        .message(
                                                2,
                                                Proto.message()
                                                        .text(1, "dma_fence_destroy")
                                                        .message(
                                                                2,
                                                                Proto.message()
                                                                        .text(1, "context")
                                                                        .number(3, 1)
                                                                        .number(5, 4))));
        Proto generic =
                Proto.message()
                        .text(1, "gpu_job_irq")
                        .message(2, Proto.message().text(1, "events").number(5, 7));
        Proto interned =
                Proto.message()
                        .message(2, Proto.message().number(1, 1).text(2, "name"))
                        .message(24, Proto.message().number(1, 1).text(2, "queue"));
        Proto dict =
                Proto.message()
                        .text(10, "d")
                        .message(11, Proto.message().text(10, "i").number(3, 5));
        return new Pftrace()
                .add(clocks(2, 6, 1000, 5, 500, 3, 900))
                .add(
                        bundle(
                                0,
                                event(1000, 7, 416, fence(1, 1)),
                                event(1020, 7, 3, Proto.message().text(2, "psm1 db g=1 q=2\n")),
                                event(1030, 7, 327, generic),
                                event(1040, 7, 900, Proto.message().number(1, 1))))
                .add(Proto.message().number(10, 1).message(1, compact))
                .add(
                        packet(3, 1100)
                                .number(13, 1)
                                .message(12, interned)
                                .message(
                                        11,
                                        Proto.message()
                                                .number(9, 1)
                                                .number(10, 1)
                                                .message(4, dict)
                                                .fixed64(47, 5)))
                .add(packet(3, 620).number(58, 5).message(53, Proto.message().number(13, 1)))
                .add(
                        Proto.message()
                                .message(
                                        2,
                                        Proto.message()
                                                .message(
                                                        2,
                                                        Proto.message()
                                                                .number(1, 7)
                                                                .text(2, "app"))));
    }

    /// Imports, and checks that nothing worse happens than a refusal.
    private static int eventsOf(byte[] bytes) throws IOException {
        try {
            MemoryTrace trace = Pftrace.read(bytes);
            for (Loss loss : trace.losses()) {
                assertTrue(loss.message().startsWith("test.pftrace: "), loss.message());
            }
            return trace.events().size();
        } catch (PerfettoFormatException e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("test.pftrace: "));
            return -1;
        }
    }

    @Test
    void theFileIsFineBeforeItIsDamaged() throws IOException {
        assertEquals(
                List.of("ring-overrun", "unknown-event"),
                everyKind().read().losses().stream().map(Loss::reason).toList());
        assertEquals(10, everyKind().read().events().size());
    }

    @Test
    void aFileCutOffAtAnyByteGivesWhatIsBeforeTheCut() throws IOException {
        byte[] whole = everyKind().toBytes();
        int before = -1;
        for (int length = 0; length < whole.length; length++) {
            int events = eventsOf(Arrays.copyOf(whole, length));
            assertTrue(events >= before, "cut at " + length);
            before = events;
        }
        assertEquals(10, eventsOf(whole));
    }

    @Test
    void packedPacketsCutOffAtAnyByteGiveWhatIsBeforeTheCut() throws IOException {
        for (boolean zstd : new boolean[] {false, true}) {
            byte[] whole = everyKind().packed(zstd);
            for (int length = 1; length < whole.length; length += 3) {
                eventsOf(Arrays.copyOf(whole, length));
            }
            assertEquals(10, eventsOf(whole));
        }
    }

    @Test
    void thousandsOfChangedFilesEndInEventsLossesOrARefusal() throws IOException {
        byte[] whole = everyKind().toBytes();
        byte[] packed = everyKind().packed(false);
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] changed = (round % 8 == 0 ? packed : whole).clone();
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            if (eventsOf(changed) < 0) {
                refused++;
            }
        }
        assertTrue(refused < 1000, "refused " + refused);
    }

    @Test
    void nothingButNoiseIsRefusedOrGivesNothing() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            byte[] noise = new byte[1 + random.nextInt(300)];
            random.nextBytes(noise);
            noise[0] = 0x0a;
            eventsOf(noise);
        }
    }

    @Test
    void lengthsBeyondTheFileAreNoReasonToMakeRoom() throws IOException {
        byte[] huge = {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 8, 1};
        PerfettoFormatException refusal =
                assertThrows(PerfettoFormatException.class, () -> Pftrace.read(huge));
        assertTrue(String.valueOf(refusal.getMessage()).contains("no Perfetto packet"));
    }

    @Test
    void aDamagedPacketDoesNotTakeItsNeighboursAlong() throws IOException {
        byte[] bad = {0x0a, 0x05, 0x0a, 0x7f, 1, 2, 3};
        Proto file = Proto.message().message(1, bundle(0, event(5, 1, 416, fence(1, 1))));
        byte[] good = file.toBytes();
        byte[] all = new byte[good.length * 2 + bad.length];
        System.arraycopy(good, 0, all, 0, good.length);
        System.arraycopy(bad, 0, all, good.length, bad.length);
        System.arraycopy(good, 0, all, good.length + bad.length, good.length);
        MemoryTrace trace = Pftrace.read(all);
        assertEquals(2, trace.events().size());
        Loss loss = trace.losses().getFirst();
        assertEquals("damaged-packet", loss.reason());
        assertEquals((long) good.length, loss.offset());
    }

    @Test
    void aPacketThatUnpacksWithoutEndIsALoss() throws IOException {
        byte[] zeros = new byte[PackedBlocks.MOST_BYTES_IN_BLOCK + (1 << 20)];
        for (Proto bomb :
                List.of(
                        Proto.message().bytes(133, Zstd.compress(zeros)),
                        Proto.message().bytes(50, Pftrace.deflate(zeros)))) {
            byte[] file =
                    Proto.message()
                            .message(1, bundle(0, event(5, 1, 416, fence(1, 1))))
                            .message(1, bomb)
                            .toBytes();
            MemoryTrace trace = Pftrace.read(file);
            assertEquals(1, trace.events().size());
            assertTrue(
                    trace.losses().getFirst().message().contains("unpacks to more than"),
                    trace.losses().toString());
        }
    }

    @Test
    void aFileOfSuchPacketsIsRefusedBeforeItTakesLong() {
        // Well formed, a few bytes each, and tens of megabytes when unpacked.
        byte[] plain =
                Proto.message()
                        .bytes(1, new byte[PackedBlocks.MOST_BYTES_IN_BLOCK - 100])
                        .toBytes();
        byte[] packed = Zstd.compress(plain);
        Proto file = Proto.message();
        for (int i = 0; i < 40; i++) {
            file.message(1, Proto.message().bytes(133, packed));
        }
        PerfettoFormatException refusal =
                assertThrows(PerfettoFormatException.class, () -> Pftrace.read(file.toBytes()));
        assertTrue(String.valueOf(refusal.getMessage()).contains("unpacks to more than"));
    }

    @Test
    void bundlesThatAllBeginAtOnceAreTakenOneAfterTheOther() throws IOException {
        Pftrace file = new Pftrace();
        for (int i = 0; i < 20_000; i++) {
            file.add(bundle(0, event(5, 1, 416, fence(1, i)), event(9, 1, 416, fence(2, i))));
        }
        MemoryTrace trace = file.read();
        assertEquals(40_000, trace.events().size());
        assertFalse(trace.losses().isEmpty());
        assertTrue(trace.losses().stream().allMatch(l -> l.reason().equals("time-backwards")));
    }

    @Test
    void aCancelledImportKeepsWhatWasWrittenAndSaysSo(@TempDir Path folder) throws IOException {
        Pftrace file = new Pftrace();
        for (int i = 0; i < 10_000; i++) {
            file.add(bundle(0, event(1000 + i, 1, 416, fence(1, i))));
        }
        Path path = Files.write(folder.resolve("x.pftrace"), file.toBytes());
        List<MemoryTrace> opened = new ArrayList<>();
        long[] furthest = {0};
        ImportSummary summary =
                PerfettoImporter.importTrace(
                        path,
                        "x",
                        header -> {
                            opened.add(new MemoryTrace(header));
                            return opened.getLast();
                        },
                        TrackAssigner.perCpu(),
                        new Progress() {
                            @Override
                            public void advance(long doneBytes, long totalBytes) {
                                assertTrue(doneBytes <= totalBytes);
                                furthest[0] = Math.max(furthest[0], doneBytes * 100 / totalBytes);
                            }

                            @Override
                            public boolean isCancelled() {
                                return furthest[0] > 30;
                            }
                        });
        assertTrue(summary.cancelled());
        assertTrue(summary.events() > 0 && summary.events() < 10_000, summary.toString());
        assertTrue(opened.getFirst().isClosed());
        assertEquals("cancelled", opened.getFirst().losses().getLast().reason());
    }

    @Test
    void onlyWhatBeginsLikeAPacketIsTakenForATrace() {
        byte[] whole = everyKind().toBytes();
        for (int length : new int[] {40, 100, whole.length}) {
            assertTrue(PerfettoSniffer.looksLikePerfetto(Arrays.copyOf(whole, length)));
        }
        assertTrue(PerfettoSniffer.looksLikePerfetto(everyKind().packed(true)));
        for (String text : List.of("", "\n", "\n# tracer: nop\n", "\n\n\n\n\n", "\n{\"a\": 1}")) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertFalse(PerfettoSniffer.looksLikePerfetto(bytes), text);
        }
    }

    @Test
    void anIndexOfManyPiecesIsSortedAndStable() throws IOException {
        Random random = new Random(11);
        for (int pieceEntries : new int[] {1, 2, 7, 64, 10_000}) {
            try (EventIndex index = new EventIndex(pieceEntries)) {
                for (int i = 0; i < 1500; i++) {
                    index.add(random.nextInt(40) - 20, i, -i);
                }
                EventIndex.Cursor cursor = index.sorted();
                long lastTime = Long.MIN_VALUE;
                long lastPlace = -1;
                int count = 0;
                while (cursor.next()) {
                    boolean isOrdered =
                            cursor.timeNs() > lastTime
                                    || (cursor.timeNs() == lastTime && cursor.place() > lastPlace);
                    assertTrue(isOrdered, "piece of " + pieceEntries + ", entry " + count);
                    assertEquals(-cursor.place(), cursor.detail());
                    lastTime = cursor.timeNs();
                    lastPlace = cursor.place();
                    count++;
                }
                assertEquals(1500, count);
            }
        }
    }
}
