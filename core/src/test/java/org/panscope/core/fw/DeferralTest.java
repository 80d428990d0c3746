package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.hw.CsParameters;

/// Scoreboard slots and operations that wait for them.
class DeferralTest {
    private static final long SYNC = 0x9000;
    private static final String JOB = "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1";

    private final TestStream stream = new TestStream();

    @Test
    void emptyMaskMeansAtOnceAndTheSlotIsIgnored() {
        prepare(stream);
        stream.run("SYNC_SET64..system [d2], d4, #0, #15", "LOAD_MULTIPLE r6, [d2]").ended();
        assertEquals(1, stream.register(6));
    }

    @Test
    void deferredSignalWaitsForTheJobAndReadItsOperandsBefore() {
        prepare(stream);
        stream.run(
                        "SET_SB_ENTRY #3, #0",
                        JOB,
                        "SYNC_ADD64.system [d2], d4, #8, #1",
                        "MOVE48 d4, #0x63",
                        "MOVE48 d8, #0x9000",
                        "MOVE48 d2, #0x0",
                        "LOAD_MULTIPLE r6, [d8]",
                        "WAIT #2",
                        "LOAD_MULTIPLE r7, [d8]")
                .ended();
        assertEquals(0, stream.register(6));
        assertEquals(1, stream.register(7));
        assertEquals(1, stream.memory(SYNC));
    }

    @Test
    void slotIsTakenBeforeItsMaskDrains() {
        prepare(stream);
        stream.run(
                        "SET_SB_ENTRY #3, #0",
                        JOB,
                        "SYNC_ADD64.system [d2], d4, #8, #4",
                        "SYNC_ADD64.system [d2], d4, #10, #5",
                        "WAIT #20",
                        "LOAD_MULTIPLE r6, [d2]")
                .ended();
        assertEquals(2, stream.register(6));
    }

    @Test
    void laterWorkInTheMaskDoesNotHoldAnOperationBack() {
        String[] lines = {
            "SET_SB_ENTRY #3, #0",
            JOB,
            "SYNC_ADD64.system [d2], d4, #8, #1",
            "WAIT #80",
            JOB,
            "WAIT #2",
            "STORE_STATE.CYCLE_COUNT d2, #16, #0, #0"
        };
        prepare(stream);
        stream.run(lines).ended();
        long alone = stream.memory(SYNC + 16);
        TestStream other = TestStream.with(CsParameters.DRAINED, 1);
        prepare(other);
        other.run(lines).ended();
        long both = other.memory(SYNC + 16);
        assertTrue(alone < 51_000 && both > alone, alone + " " + both);
    }

    @Test
    void alikeOperationsPerformInIssueOrder() {
        prepare(stream);
        stream.set64(6, 2);
        stream.run(
                        "SET_SB_ENTRY #3, #0",
                        JOB,
                        "FLUSH_CACHE2.clean_l2.clean_lsc.nop_other r8, #8, #1",
                        "SYNC_SET64..system [d2], d4, #8, #1",
                        "SYNC_SET64..system [d2], d6, #8, #1",
                        "WAIT #8",
                        "WAIT #0",
                        "LOAD_MULTIPLE r9, [d2]",
                        "WAIT #2",
                        "LOAD_MULTIPLE r10, [d2]")
                .ended();
        // The flush takes its time after the job; the signals behind it wait for it.
        assertEquals(0, stream.register(9));
        assertEquals(2, stream.register(10));
    }

    @Test
    void orderOfAlikeOperationsIsAParameter() {
        TestStream loose = TestStream.with(CsParameters.DEFERRED_IN_ORDER, 0);
        prepare(loose);
        loose.run(
                        "SET_SB_ENTRY #3, #0",
                        JOB,
                        "FLUSH_CACHE2.clean_l2.clean_lsc.nop_other r8, #8, #1",
                        "SYNC_SET64..system [d2], d4, #8, #1",
                        "WAIT #8",
                        "LOAD_MULTIPLE r9, [d2]")
                .ended();
        assertEquals(1, loose.register(9));
    }

    @Test
    void waitForItsOwnSlotNeverEnds() {
        prepare(stream);
        stream.run("SYNC_ADD64.system [d2], d4, #6, #2", "WAIT #4")
                .endedWith(
                        "blocked: an operation in slot 2 waits for its own slot and never starts"
                                + " at 0x5008");
        assertEquals(0, stream.memory(SYNC));
    }

    @Test
    void emptyWaitGoesOn() {
        prepare(stream);
        stream.run("SYNC_ADD64.system [d2], d4, #4, #2", "WAIT #0", "MOVE32 r7, #0x1");
        assertEquals(1, stream.register(7));
    }

    @Test
    void fullStorageBlocksUntilSomethingEnds() {
        TestStream small = TestStream.with(CsParameters.DEFERRED_CAPACITY, 2);
        prepare(small);
        small.run(JOB, JOB, JOB, "STORE_STATE.CYCLE_COUNT d2, #16, #0, #0").ended();
        assertTrue(small.memory(SYNC + 16) >= 50_000, "" + small.memory(SYNC + 16));
    }

    private static void prepare(TestStream stream) {
        stream.set64(2, SYNC);
        stream.set64(4, 1);
        stream.setJobSize();
    }
}
