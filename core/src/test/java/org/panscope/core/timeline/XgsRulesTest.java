package org.panscope.core.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.panscope.core.timeline.TraceScript.bars;
import static org.panscope.core.timeline.TraceScript.instants;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.event.SchedEvent.TimerStep;
import org.panscope.trace.event.XgsEvent.RecheckCause;
import org.panscope.trace.event.XgsEvent.XgsFormat;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsOpKind;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;
import org.panscope.trace.event.XgsEvent.XgsRecheck;
import org.panscope.trace.event.XgsEvent.XgsTimer;

import java.util.List;

/// The lane of an XGS queue.
class XgsRulesTest {
    private static final String PROCESS = "process:app";
    private static final String LANE = PROCESS + " > xgs:xgs queue 1";
    private static final String ROW = "app / xgs queue 1";

    private static XgsJob job(long job, XgsJobStep step, int error) {
        return new XgsJob(1, job, step, 1, 1, error, null, null, null, null);
    }

    private static XgsOp op(XgsOpKind kind, @Nullable Long after, int result, boolean skipped) {
        return new XgsOp(7, 0, kind, XgsFormat.U64, 0x40, 1, 0L, after, result, 0, skipped);
    }

    @Test
    void aJobIsQueuedThenRunsThenWaitsForMemoryUntilItIsDone() {
        Timeline timeline =
                new TraceScript()
                        .at(10, LANE, job(7, XgsJobStep.PUSHED, 0))
                        .at(20, LANE, job(7, XgsJobStep.DEP_WAIT, 0))
                        .at(30, LANE, job(7, XgsJobStep.DEPS_DONE, 0))
                        .at(30, LANE, job(7, XgsJobStep.RUN, 0))
                        .at(40, LANE, job(7, XgsJobStep.BUSY, 0))
                        .at(60, LANE, job(7, XgsJobStep.COMPLETED, 0))
                        .at(60, LANE, job(7, XgsJobStep.IN_FLIGHT_PUT, 0))
                        .at(70, LANE, job(7, XgsJobStep.FREED, 0))
                        .build();
        assertEquals(
                List.of(
                        "10-20 job 7 queued QUEUED",
                        "20-30 job 7 waits for a fence WAITING",
                        "30-40 job 7 RUNNING",
                        "40-60 job 7 waits for memory WAITING"),
                bars(timeline, ROW));
    }

    @Test
    void aTimeoutEndsTheBarAsAnErrorAndALateReferenceIsMarked() {
        Timeline timeline =
                new TraceScript()
                        .at(10, LANE, job(7, XgsJobStep.RUN, 0))
                        .at(20, LANE, job(7, XgsJobStep.BUSY, 0))
                        .at(90, LANE, new XgsTimer(1, TimerStep.FIRE, null))
                        .at(91, LANE, job(7, XgsJobStep.TIMEOUT, -110))
                        .at(92, LANE, job(7, XgsJobStep.REF_UNDERFLOW, 0))
                        .build();
        assertEquals(
                List.of("10-20 job 7 RUNNING", "20-91 job 7 waits for memory ERROR"),
                bars(timeline, ROW));
        assertEquals(
                List.of(
                        "90 timeout fired DIAMOND ATTENTION",
                        "91 job 7 timeout CROSS ERROR",
                        "92 job 7 put after it was freed CROSS ERROR"),
                instants(timeline, ROW));
    }

    @Test
    void operationsShowWhatTheyDidAndNotThatTheyStillWait() {
        Timeline timeline =
                new TraceScript()
                        .at(
                                1,
                                LANE,
                                new XgsQueue(XgsQueueStep.CREATE, 1, 1, 1, 1, false, 0, 0, null))
                        .at(10, LANE, op(XgsOpKind.WAIT_GT, null, -16, false))
                        .at(20, LANE, op(XgsOpKind.WAIT_GT, null, 0, false))
                        .at(30, LANE, op(XgsOpKind.SIGNAL_ADD, 5L, 0, false))
                        .at(40, LANE, op(XgsOpKind.SIGNAL_ADD, null, 0, true))
                        .at(50, LANE, op(XgsOpKind.WAIT_LE, null, -22, false))
                        .at(
                                60,
                                LANE,
                                new XgsQueue(
                                        XgsQueueStep.ERROR_STATE, 1, 1, 1, 1, false, 0, 0, -22))
                        .build();
        assertEquals(
                List.of(
                        "1 create DIAMOND ACTIVITY",
                        "20 wait gt 0x40 satisfied DIAMOND FENCE",
                        "30 signal add 0x40 = 5 DIAMOND FENCE",
                        "50 wait le 0x40 failed CROSS ERROR",
                        "60 error state -22 DIAMOND ERROR"),
                instants(timeline, ROW));
    }

    @Test
    void aRecheckStandsOnTheLaneOfTheProcess() {
        Timeline timeline =
                new TraceScript()
                        .at(10, PROCESS, new XgsRecheck(1, RecheckCause.FW_EVENT, 3L, 2, true))
                        .build();
        assertEquals(
                List.of("10 recheck of 2 xgs queues: fw event TICK ACTIVITY"),
                instants(timeline, "app"));
    }
}
