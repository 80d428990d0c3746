package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.hw.CsParameters;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.CsWords;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

class StandaloneStreamTest {
    private static final long CODE = 0x5010;

    private final TestStream stream = new TestStream(CODE);

    @Test
    void waitLetsJobsAndFlushesFinish() {
        stream.setJobSize();
        stream.run("SET_SB_ENTRY #3, #0", "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1", "WAIT #8")
                .ended();
    }

    @Test
    void syncWaitNobodySatisfiesIsSaid() {
        stream.run("MOVE48 d2, #0x7000", "SYNC_WAIT64gt.inherit d2, d4")
                .endedWith("blocked: sync object at 0x7000 is not > 0");
    }

    @Test
    void syncWaitIsSatisfiedByWhatTheStreamDeferredItself() {
        stream.setJobSize();
        stream.set(2, 0x7000);
        stream.set(4, 1);
        stream.run(
                        "SET_SB_ENTRY #3, #0",
                        "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1",
                        "SYNC_ADD64.system [d2], d4, #8, #1",
                        "SYNC_WAIT64gt.inherit d2, d6",
                        "MOVE32 r8, #0x1")
                .ended();
        assertEquals(1, stream.register(8));
    }

    @Test
    void operationThatWaitsForItsOwnSlotIsSaid() {
        stream.run("HEAP_OPERATION.vt_start #2, #1", "NOP")
                .endedWith(
                        "blocked: an operation in slot 1 waits for its own slot and never starts");
    }

    @Test
    void endlessLoopHitsTheLimit() {
        stream.run("BRANCH.always r0, #-1").endedWith("limit of 1000 instructions reached");
    }

    @Test
    void strictMemoryIsExactToTheByteAndJoinsNeighbours() {
        stream.strict();
        stream.load(0x7000, new byte[6]);
        stream.load(0x7006, new byte[4]);
        stream.set(2, 0x7004);
        stream.run("LOAD_MULTIPLE r4, [d2]", "LOAD_MULTIPLE r4, [d2 + 4]")
                .endedWith(
                        "CS_BUS_FAULT (0x48): read of 0x7008, where no memory was given,"
                                + " at 0x5018");
    }

    @Test
    void strictFetchBehindTheGivenWordsFaults() {
        stream.strict();
        stream.runFor(16, "NOP")
                .endedWith(
                        "CS_BUS_FAULT (0x48): fetch of 0x5018, where no memory was given,"
                                + " at 0x5018");
    }

    @Test
    void storesOutsideAreKeptUntilMemoryRunsOut() {
        stream.set(2, 0x100_0000);
        String reason =
                stream.limited(
                                1_000_000,
                                "STORE_MULTIPLE [d2], r2",
                                "ADD_IMMEDIATE64 d2, d2, #4096",
                                "WAIT #1",
                                "BRANCH.always r0, #-4")
                        .reason();
        assertEquals(
                "no memory is left (a run has 256 MiB) for the write of 0x10fff000, at 0x5010",
                reason);
    }

    @Test
    void overlappingAndEndlessMemoryIsRefused() {
        StandaloneStream other = new StandaloneStream();
        other.load(CODE, new byte[16]);
        assertThrows(IllegalArgumentException.class, () -> other.load(CODE + 15, new byte[1]));
        assertThrows(IllegalArgumentException.class, () -> other.load(CODE - 1, new byte[2]));
        assertThrows(IllegalArgumentException.class, () -> other.load(-4, new byte[5]));
        other.load(-4, new byte[4]);
        other.load(CODE + 16, new byte[1]);
    }

    @Test
    void timestampsFollowTheModelledClock() {
        stream.setJobSize();
        stream.set(2, 0x7000);
        stream.run(
                        "STORE_STATE.CYCLE_COUNT d2, #0, #0, #0",
                        "STORE_STATE.SYSTEM_TIMESTAMP d2, #8, #0, #0",
                        "SET_SB_ENTRY #3, #0",
                        "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1",
                        "WAIT #8",
                        "STORE_STATE.CYCLE_COUNT d2, #16, #0, #0",
                        "STORE_STATE.SYSTEM_TIMESTAMP d2, #24, #0, #0")
                .ended();
        long cycles = stream.memory(0x7010) - stream.memory(0x7000);
        long ticks = stream.memory(0x7018) - stream.memory(0x7008);
        assertTrue(cycles >= 50_000 && cycles < 51_000, "cycles=" + cycles);
        assertTrue(Math.abs(ticks - cycles * 24 / 1000) <= 1, "ticks=" + ticks);
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        List<String> names =
                List.of(
                        CsParameters.DEFERRED_CAPACITY,
                        CsParameters.INITIAL_OTHER_SLOT,
                        CsParameters.PROT_REGION,
                        GpuParameters.CALL_DEPTH);
        for (String name : names) {
            String message =
                    assertThrows(IllegalArgumentException.class, () -> TestStream.with(name, 100))
                            .getMessage();
            assertTrue(String.valueOf(message).startsWith(name + "=100 is not "), message);
        }
        assertThrows(IllegalArgumentException.class, () -> TestStream.on(9));
    }

    @Test
    void depthTellsWhetherTheEntryIsTheRing() {
        ByteBuffer nop = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        nop.putLong(CsWords.move32(1, 1));
        for (boolean ring : List.of(true, false)) {
            StandaloneStream one = new StandaloneStream();
            one.load(CODE, nop.array());
            one.run(CODE, 8, ring, 10, e -> assertEquals(ring ? 0 : 1, e.depth()));
        }
    }
}
