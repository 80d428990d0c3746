package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.hw.CsParameters;
import org.panscope.core.hw.GpuParameters;

/// STORE_STATE, flushes, progress counters and the instructions that change modes.
class StateUnitTest {
    private static final long CODE = TestStream.CODE;
    private static final long DATA = 0x9000;
    private static final String FLUSH =
            "FLUSH_CACHE2.clean_invalidate_l2.clean_invalidate_lsc.invalidate_other r4, #0, #0";
    private static final String NOW = "STORE_STATE.CYCLE_COUNT d2, #";

    private final TestStream stream = new TestStream();

    @Test
    void countersGoOnWithEveryInstruction() {
        stream.set64(2, DATA);
        stream.run(
                        NOW + "0, #0, #0",
                        "NOP",
                        NOW + "8, #0, #0",
                        "STORE_STATE.SYSTEM_TIMESTAMP d2, #-8, #0, #0",
                        "STORE_STATE.DISJOINT_COUNT d2, #16, #0, #0")
                .ended();
        assertEquals(40, stream.memory(DATA + 8) - stream.memory(DATA));
        assertEquals(80 * 24 / 1000, stream.memory(DATA - 8));
        assertEquals(0, stream.memory(DATA + 16));
    }

    @Test
    void clockRatesAndTheDisjointCountAreParameters() {
        TestStream slow = TestStream.with(GpuParameters.CORE_CLOCK_HZ, 500_000_000);
        slow.set64(2, DATA);
        slow.run(NOW + "0, #0, #0", NOW + "8, #0, #0").ended();
        assertEquals(10, slow.memory(DATA + 8) - slow.memory(DATA));
        TestStream jumped = TestStream.with(CsParameters.DISJOINT_COUNT, 3);
        jumped.set64(2, DATA);
        jumped.run("STORE_STATE.DISJOINT_COUNT d2, #0, #0, #0").ended();
        assertEquals(3, jumped.memory(DATA));
    }

    @Test
    void misalignedStateIsABusFault() {
        stream.set64(2, DATA + 4);
        stream.run(NOW + "0, #0, #0").diedOf(ExceptionType.CS_BUS_FAULT, CODE);
    }

    @Test
    void stateWithoutAMeaningIsInvalidFromV11On() {
        TestStream later = TestStream.on(11);
        later.runWords(0x2800_0209_0000_0000L).invalidAt(CODE);
    }

    /// The GPU starts with flush id 1 and has performed one flush when it looks at the other ids.
    @ParameterizedTest
    @CsvSource({"0, true", "1, false", "2, true", "3, true", "0xffffff, false", "0x800003, false"})
    void flushIsSkippedWhenTheGpuHasFlushedSince(String known, boolean flushes) {
        stream.set64(2, DATA);
        stream.set(5, Integer.decode(known));
        stream.run(
                        FLUSH,
                        "WAIT #1",
                        NOW + "0, #0, #0",
                        FLUSH.replace("r4", "r5"),
                        "WAIT #1",
                        NOW + "8, #0, #0")
                .ended();
        long ns = stream.memory(DATA + 8) - stream.memory(DATA);
        assertEquals(flushes, ns > 2_000, "ns=" + ns);
    }

    @Test
    void flushEliminationAndItsIdAreParameters() {
        for (String rule :
                new String[] {CsParameters.FLUSH_ELIMINATION, CsParameters.FLUSH_ADVANCES_ID}) {
            TestStream other = TestStream.with(rule, 0);
            other.set64(2, DATA);
            other.set(4, 1);
            other.run(FLUSH, "WAIT #1", FLUSH, "WAIT #1", NOW + "0, #0, #0").ended();
            assertTrue(other.memory(DATA) > 4_000, rule);
        }
    }

    @Test
    void flushOfNothingTakesNoTime() {
        stream.set64(2, DATA);
        stream.run("FLUSH_CACHE2.nop_l2.nop_lsc.nop_other r4, #0, #0", "WAIT #1", NOW + "0, #0, #0")
                .ended();
        assertEquals(60, stream.memory(DATA));
    }

    @ParameterizedTest
    @ValueSource(longs = {0x002, 0x020, 0x100, 0x300, 0x004, 0xf00})
    void flushModeWithoutAMeaningIsInvalid(long modes) {
        stream.runWords(0x2400_0400_0000_0000L | modes).invalidAt(CODE);
    }

    @Test
    void errorStateDropsJobsButNotStores() {
        stream.words(0x9100, 1, 1);
        stream.set64(2, DATA);
        stream.set64(6, 0x9100);
        stream.setJobSize();
        stream.run(
                "SYNC_WAIT64gt.inherit d6, d8",
                "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1",
                "WAIT #ff",
                NOW + "0, #0, #0",
                "ERROR_BARRIER",
                "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1",
                "WAIT #ff",
                NOW + "8, #0, #0");
        assertEquals(80, stream.memory(DATA));
        assertTrue(stream.memory(DATA + 8) > 50_000);
    }

    @Test
    void progressCountsAndIsWaitedFor() {
        stream.set64(4, 7);
        stream.set64(6, 8);
        long increment = 1L << 32;
        stream.runWords(
                        0x2a00_0400_0000_0000L,
                        0x0300_0000_0000_0000L | increment,
                        0x1800_0600_0000_0000L,
                        0x2b08_0000_0000_0000L)
                .ended();
        assertEquals(8, stream.pair(8));
    }

    @Test
    void progressWaitOfAnotherQueueBlocksAlone() {
        stream.set64(6, 1);
        stream.runWords(0x1800_0600_0000_0001L)
                .endedWith("blocked: nobody advances the progress counter at 0x5000");
        TestStream exceeds = TestStream.with(CsParameters.PROGRESS_WAIT_EXCEEDS, 1);
        exceeds.runWords(0x1800_0600_0000_0000L);
        assertTrue(exceeds.reason().startsWith("blocked"), exceeds.reason());
    }

    @Test
    void progressIsCountedWhenTheJobEnds() {
        stream.setJobSize();
        stream.set64(4, 1);
        stream.set64(2, DATA);
        stream.runWords(
                        0x0400_0001_0000_0001L,
                        0x2b08_0000_0000_0000L,
                        0x1800_0400_0000_0000L,
                        0x2800_0201_0000_0000L)
                .ended();
        assertEquals(0, stream.pair(8));
        assertTrue(stream.memory(DATA) > 50_000);
    }

    @Test
    void protectedRegionFollowsItsParameter() {
        stream.run("PROT_REGION #8").invalidAt(CODE);
        TestStream blocks = TestStream.with(CsParameters.PROT_REGION, 1);
        blocks.run("PROT_REGION #8").endedWith("blocked: nobody enters protected mode at 0x5000");
        TestStream.with(CsParameters.PROT_REGION, 2).run("PROT_REGION #8", "NOP").ended();
    }

    @Test
    void onlyTheOutOfMemoryHandlerCanBeSet() {
        stream.set64(2, DATA);
        stream.set(4, 8);
        stream.run("SET_EXCEPTION_HANDLER d2, r4").ended();
        new TestStream().runWords(0x1900_0204_0000_0001L).invalidAt(CODE);
        TestStream odd = new TestStream();
        odd.set(4, 4);
        odd.run("SET_EXCEPTION_HANDLER d2, r4").invalidAt(CODE);
    }

    @Test
    void tracePointWithoutABufferDoesNothing() {
        stream.run("TRACE_POINT r4:r9, #0, #0", "TRACE_POINT r4:r3, #0, #0").ended();
        new TestStream().runWords(0x3200_025f_0000_0000L).invalidAt(CODE);
    }
}
