package org.panscope.trace.perfetto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.panscope.trace.perfetto.Pftrace.bundle;
import static org.panscope.trace.perfetto.Pftrace.clocks;
import static org.panscope.trace.perfetto.Pftrace.event;
import static org.panscope.trace.perfetto.Pftrace.fence;
import static org.panscope.trace.perfetto.Pftrace.packet;

import org.junit.jupiter.api.Test;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.quality.Loss;

import java.io.IOException;
import java.util.List;

/// Times of many clocks on one line.
class PerfettoClockTest {
    private static final long GPU_CLOCK = 0x9234_5678L;

    private static Proto instant(int sequence, long timestamp, String name) {
        return packet(sequence, timestamp).message(11, Proto.message().number(9, 3).text(23, name));
    }

    private static List<Long> absolute(MemoryTrace trace) {
        return trace.events().stream()
                .map(Event::timeNs)
                .map(time -> time + trace.header().originNs())
                .toList();
    }

    @Test
    void aClockIsConvertedOverOnesReadTogetherByTheReadingBefore() throws IOException {
        // The GPU's clock is read with the raw one, the raw one with boot time.
        MemoryTrace trace =
                new Pftrace()
                        .add(clocks(1, 6, 1000, 5, 500, 3, 900))
                        .add(clocks(2, 5, 550, GPU_CLOCK, 50))
                        .add(clocks(2, 5, 650, GPU_CLOCK, 160))
                        .add(instant(3, 60, "one").number(58, GPU_CLOCK))
                        .add(instant(3, 170, "two").number(58, GPU_CLOCK))
                        .add(instant(3, 10, "before").number(58, GPU_CLOCK))
                        .read();
        assertEquals(List.of(1010L, 1060L, 1160L), absolute(trace));
        assertEquals("boot", trace.header().clock());
        assertEquals("510", trace.header().attributes().get("clock.mono_raw"));
        assertEquals("910", trace.header().attributes().get("clock.mono"));
        assertEquals(List.of(), trace.losses());
    }

    @Test
    void aSnapshotMayStandBehindWhatItConverts() throws IOException {
        MemoryTrace trace =
                new Pftrace()
                        .add(instant(3, 100, "one").number(58, 3))
                        .add(clocks(1, 6, 1000, 3, 900))
                        .read();
        assertEquals(List.of(200L), absolute(trace));
    }

    @Test
    void aWriterMaySetItsClockOnceAndCountFromPacketToPacket() throws IOException {
        Proto snapshot =
                Proto.message()
                        .message(1, Proto.message().number(1, 6).number(2, 5_000_000))
                        .message(
                                1,
                                Proto.message()
                                        .number(1, 64)
                                        .number(2, 7)
                                        .number(3, 1)
                                        .number(4, 1000));
        Proto defaults = Proto.message().number(58, 64);
        MemoryTrace trace =
                new Pftrace()
                        .add(packet(3, 0).number(13, 1).message(59, defaults).message(6, snapshot))
                        .add(instant(3, 3, "one"))
                        .add(instant(3, 4, "two"))
                        // The same number is another clock for another writer.
                        .add(instant(4, 5_001_000, "other"))
                        .read();
        assertEquals(List.of(5_001_000L, 5_003_000L, 5_007_000L), absolute(trace));
    }

    @Test
    void aClockNobodyComparedIsReportedAndNotGuessed() throws IOException {
        MemoryTrace trace =
                new Pftrace()
                        .add(clocks(1, 6, 1000, 3, 900))
                        .add(instant(3, 5, "one").number(58, 200))
                        .add(instant(3, 1000, "two"))
                        .read();
        assertEquals(List.of(1000L), absolute(trace));
        assertEquals(List.of("clock-unknown"), trace.losses().stream().map(Loss::reason).toList());
    }

    @Test
    void theFilesOwnClockIsTakenWhereNothingIsSaidOfBootTime() throws IOException {
        Proto snapshot =
                Proto.message()
                        .message(1, Proto.message().number(1, 3).number(2, 10))
                        .message(1, Proto.message().number(1, 1).number(2, 90))
                        .number(2, 3);
        MemoryTrace trace =
                new Pftrace()
                        .add(packet(1, 0).message(6, snapshot))
                        .add(instant(1, 20, "one"))
                        .add(instant(1, 110, "two").number(58, 1))
                        .read();
        assertEquals("mono", trace.header().clock());
        assertEquals(List.of(20L, 30L), absolute(trace));
    }

    @Test
    void bundlesInAnotherClockAreConverted() throws IOException {
        Proto raw = Proto.message().number(1, 0).number(5, 4);
        raw.message(2, event(600, 1, 416, fence(1, 1)));
        Proto global = Proto.message().number(1, 1).number(5, 2).number(6, 10_000).number(7, 1150);
        global.message(2, event(10_020, 1, 416, fence(1, 2)));
        MemoryTrace trace =
                new Pftrace()
                        .add(clocks(1, 6, 1000, 5, 500))
                        .add(Proto.message().number(10, 1).message(1, raw))
                        .add(Proto.message().number(10, 1).message(1, global))
                        .add(bundle(2, event(1050, 1, 416, fence(1, 3))))
                        .read();
        assertEquals(List.of(1050L, 1100L, 1170L), absolute(trace));
        assertEquals(List.of(), trace.losses());
    }

    @Test
    void aBundleInAClockOfTheKernelsThatNothingExplainsIsReported() throws IOException {
        Proto local = Proto.message().number(1, 0).number(5, 3);
        local.message(2, event(600, 1, 416, fence(1, 1)));
        MemoryTrace trace =
                new Pftrace().add(Proto.message().number(10, 1).message(1, local)).read();
        assertEquals(List.of(600L), absolute(trace));
        assertEquals(List.of("clock-unknown"), trace.losses().stream().map(Loss::reason).toList());
    }
}
