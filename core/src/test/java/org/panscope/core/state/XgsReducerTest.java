package org.panscope.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.event.XgsEvent;
import org.panscope.trace.event.XgsEvent.RecheckCause;
import org.panscope.trace.event.XgsEvent.XgsFormat;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsOpKind;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;
import org.panscope.trace.event.XgsEvent.XgsRecheck;

import java.util.HexFormat;

/// What a trace says of XGS queues, reduced.
class XgsReducerTest {
    private static final String QUEUE = "xgs-queue:1";
    private static final String JOB = "xgs-job:5";
    private static final String TWO_OPS =
            "00100000007f0000"
                    + "0500000000000000"
                    + "0101000000000000"
                    + "00200000007f0000"
                    + "0700000000000000"
                    + "0200008000000000";

    private static StateScript created() {
        return StateScript.of(
                new XgsQueue(XgsQueueStep.CREATE, 1, 1, 1, 1, false, 0, 0, null),
                new XgsJob(
                        1,
                        5,
                        XgsJobStep.CREATED,
                        2,
                        1,
                        0,
                        null,
                        null,
                        3,
                        HexFormat.of().parseHex(TWO_OPS)));
    }

    private static XgsJob job(XgsJobStep step, int refcount) {
        return new XgsJob(1, 5, step, 2, refcount, 0, "fence:4:1", null, null, null);
    }

    private static XgsJob job(XgsJobStep step, int refcount, int error, @Nullable String fence) {
        return new XgsJob(1, 5, step, 2, refcount, error, "fence:4:1", fence, null, null);
    }

    private static XgsOp wait(int result) {
        return new XgsOp(
                5,
                0,
                XgsOpKind.WAIT_GT,
                XgsFormat.U64,
                0x7f00_0000_1000L,
                5,
                3L,
                null,
                result,
                0,
                false);
    }

    private static @Nullable Object value(StateScript trace, String object, String quantity) {
        ObjectState state = trace.end().object(ObjectId.parse(object));
        Cell cell = state == null ? null : state.get(Belief.KERNEL, quantity);
        return cell == null ? null : cell.value();
    }

    @Test
    void theOperationsSubmittedAreReadFromTheirBytes() {
        StateScript trace = created();
        assertEquals("wait_gt u64 0x7f0000001000 5", value(trace, JOB, "op_0"));
        assertEquals("signal_set u32 0x7f0000002000 7", value(trace, JOB, "op_1"));
        assertEquals(0x8000L, value(trace, JOB, "op_1_flags"));
        assertEquals(3L, value(trace, JOB, "submit_flags"));
    }

    @Test
    void aQueueCountsWhatIsQueuedAndWhatIsInFlight() {
        StateScript trace = created().add(job(XgsJobStep.PUSHED, 1));
        assertEquals(1L, value(trace, QUEUE, "queued"));
        trace.add(job(XgsJobStep.RUN, 1)).add(wait(-16));
        assertEquals(0L, value(trace, QUEUE, "queued"));
        assertEquals(0L, value(trace, JOB, "blocked_on"));
        trace.add(job(XgsJobStep.BUSY, 2, 0, "fence:6:1"));
        assertEquals(1L, value(trace, QUEUE, "in_flight"));
        assertEquals("fence:6:1", value(trace, JOB, "done_fence"));
        assertEquals(2L, value(trace, JOB, "refcount"));
        trace.add(wait(0)).add(job(XgsJobStep.COMPLETED, 2));
        assertEquals(0L, value(trace, QUEUE, "in_flight"));
        assertNull(value(trace, JOB, "blocked_on"));
        trace.add(job(XgsJobStep.IN_FLIGHT_PUT, 1));
        assertEquals(0L, value(trace, QUEUE, "in_flight"), "left only once");
        assertEquals(1L, value(trace, JOB, "refcount"));
        assertEquals("completed", value(trace, JOB, "step"));
        assertEquals(0, trace.end().anomalyCount());
    }

    @Test
    void aJobThatEndsInTheQueueLeavesIt() {
        StateScript trace =
                created()
                        .add(job(XgsJobStep.PUSHED, 1))
                        .add(job(XgsJobStep.DEP_WAIT, 1, 0, "fence:9:1"));
        assertEquals("fence:9:1", value(trace, JOB, "waits_for"));
        trace.add(job(XgsJobStep.ERROR, 1, -3, null));
        assertEquals(0L, value(trace, QUEUE, "queued"));
        assertEquals(-3L, value(trace, JOB, "error"));
    }

    @Test
    void aReferenceDroppedAfterTheEndIsNoNewObject() {
        StateScript trace =
                created().add(job(XgsJobStep.FREED, 0)).add(job(XgsJobStep.REF_UNDERFLOW, 0));
        assertNull(trace.end().object(ObjectId.parse(JOB)));
        assertEquals(0, trace.end().anomalyCount());
    }

    @Test
    void aRecheckOfAFileThatIsClosedIsNoNewFile() {
        XgsEvent recheck = new XgsRecheck(1, RecheckCause.FW_EVENT, 3L, 0, true);
        StateScript trace = StateScript.of(recheck);
        assertNull(trace.end().object(ObjectId.of("file", 1)));
        assertEquals(0, trace.end().anomalyCount());
    }

    @Test
    void anErrorStateComesAndGoes() {
        StateScript trace =
                created()
                        .add(new XgsQueue(XgsQueueStep.ERROR_STATE, 1, 1, 1, 1, false, 0, 0, -110));
        assertEquals(-110L, value(trace, QUEUE, "error_state"));
        trace.add(new XgsQueue(XgsQueueStep.ERROR_STATE, 1, 1, 1, 1, false, 0, 0, 0));
        assertEquals(0L, value(trace, QUEUE, "error_state"));
    }
}
