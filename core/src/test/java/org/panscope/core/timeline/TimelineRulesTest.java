package org.panscope.core.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.core.timeline.TraceScript.bars;
import static org.panscope.core.timeline.TraceScript.instants;
import static org.panscope.core.timeline.TraceScript.row;
import static org.panscope.core.timeline.TraceScript.steps;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.FirmwareEvent.Irq;
import org.panscope.trace.event.FirmwareEvent.IrqLine;
import org.panscope.trace.event.FirmwareEvent.IrqStep;
import org.panscope.trace.event.KernelEvent.CreateStep;
import org.panscope.trace.event.KernelEvent.Eventfd;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.KernelEvent.IoctlExit;
import org.panscope.trace.event.KernelEvent.Term;
import org.panscope.trace.event.KernelEvent.TermReason;
import org.panscope.trace.event.MemoryEvent.BoDestroy;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.GroupState;
import org.panscope.trace.event.SchedEvent.GroupStateName;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.SchedEvent.SchedWork;
import org.panscope.trace.event.SchedEvent.Unbind;
import org.panscope.trace.event.SchedEvent.WorkStep;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.UserEvent.UserWaitBegin;
import org.panscope.trace.event.UserEvent.UserWaitEnd;
import org.panscope.trace.event.UserEvent.WaitKind;
import org.panscope.trace.event.UserEvent.Writer;

import java.util.List;

class TimelineRulesTest {
    private static final String THREAD = "process:app > thread:main";
    private static final String GROUP = "process:app > group:group 1";
    private static final String QUEUE = GROUP + " > queue:queue 0";
    private static final String CS = "firmware:firmware > csg:csg 0 > cs:cs 0";
    private static final byte[] NO_BYTES = {};

    @Test
    void ioctlIsBarFromEnterToExitAndFailureIsAnError() {
        Timeline timeline =
                new TraceScript()
                        .at(10, THREAD, 7, new IoctlEnter(1, "GROUP_KICK", "x", 1, NO_BYTES))
                        .at(20, THREAD, 7, new IoctlExit(1, "GROUP_KICK", 1, NO_BYTES, 0))
                        .at(30, THREAD, 7, new IoctlEnter(1, "GROUP_KICK", "x", 1, NO_BYTES))
                        .at(40, THREAD, 7, new IoctlExit(1, "GROUP_KICK", 1, NO_BYTES, -22))
                        .build();
        assertEquals(
                List.of("10-20 GROUP_KICK ACTIVITY", "30-40 GROUP_KICK ERROR"),
                bars(timeline, "app / main"));
    }

    @Test
    void waitInsideAnIoctlTakesAnotherLane() {
        Timeline timeline =
                new TraceScript()
                        .at(10, THREAD, 7, new IoctlEnter(1, "WAIT", "x", 1, NO_BYTES))
                        .at(12, THREAD, 7, new UserWaitBegin(WaitKind.SYNCOBJ, "syncobj:1.1", null))
                        .at(18, THREAD, 7, new UserWaitEnd(WaitKind.SYNCOBJ, "syncobj:1.1", 1L, 0))
                        .at(20, THREAD, 7, new IoctlExit(1, "WAIT", 1, NO_BYTES, 0))
                        .build();
        assertEquals(2, row(timeline, "app / main").lanes().size());
        assertEquals(
                List.of("10-20 WAIT ACTIVITY", "12-18 wait syncobj:1.1 WAITING"),
                bars(timeline, "app / main"));
    }

    @Test
    void barWithoutAnEndReachesTheEndOfTheTraceAndIsCounted() {
        Timeline timeline =
                new TraceScript()
                        .at(10, THREAD, 7, new IoctlEnter(1, "SUBMIT", "x", 1, NO_BYTES))
                        .at(50, "memory:memory", new BoDestroy(1))
                        .build();
        assertEquals(List.of("10-… SUBMIT ACTIVITY"), bars(timeline, "app / main"));
        assertEquals(51, row(timeline, "app / main").lanes().getFirst().endNs(0));
        assertEquals(1, timeline.unpaired());
    }

    @Test
    void endWithoutABeginningIsCountedAndShownAsATick() {
        Timeline timeline =
                new TraceScript()
                        .at(20, THREAD, 7, new IoctlExit(1, "SUBMIT", 1, NO_BYTES, 0))
                        .build();
        assertEquals(List.of("20 SUBMIT TICK UNKNOWN"), instants(timeline, "app / main"));
        assertEquals(1, timeline.unpaired());
    }

    @Test
    void slotShowsWhichGroupIsResident() {
        Timeline timeline =
                new TraceScript()
                        .at(0, GROUP, state(GroupStateName.CREATED))
                        .at(10, "slots:csg slots > slot:slot 0", new Bind(3, 0, 1, 1, 0))
                        .at(
                                90,
                                "slots:csg slots > slot:slot 0",
                                new Unbind(3, 0, GroupStateName.SUSPENDED, 0))
                        .build();
        assertEquals(List.of("10-90 app group 1 IDENTITY"), bars(timeline, "csg slots / slot 0"));
    }

    @Test
    void eventAboutAGroupFindsItsRowBeforeTheFirstEventOnIt() {
        Timeline timeline =
                new TraceScript()
                        .at(0, "kernel:kernel", state(GroupStateName.ACTIVE))
                        .at(
                                9,
                                GROUP,
                                new GroupCreateStep(
                                        3, 1, CreateStep.HANDLE_SET, 1, 1, true, 1, 1, false))
                        .build();
        assertEquals(List.of("0-… ACTIVE RUNNING"), bars(timeline, "app / group 1"));
    }

    @Test
    void groupShowsItsStateAndAFatalEndAsError() {
        Timeline timeline =
                new TraceScript()
                        .at(0, GROUP, state(GroupStateName.CREATED))
                        .at(10, GROUP, state(GroupStateName.ACTIVE))
                        .at(40, GROUP, new Term(3, TermReason.FATAL, 1, 0))
                        .at(60, "memory:memory", new BoDestroy(1))
                        .build();
        assertEquals(
                List.of(
                        "0-10 CREATED IDLE",
                        "10-40 ACTIVE RUNNING",
                        "40-… TERMINATED: fatal ERROR"),
                bars(timeline, "app / group 1"));
    }

    @Test
    void queueGoesFromWrittenToPendingToExecutingToBlockedToEmpty() {
        Timeline timeline =
                new TraceScript()
                        .at(0, GROUP, state(GroupStateName.CREATED))
                        .at(10, QUEUE, new RingWrite(3, 0, 0, 64, null, Writer.USER))
                        .at(20, QUEUE, new InsertWrite(3, 0, 0L, 64, Writer.USER))
                        .at(30, "slots:csg slots > slot:slot 0", new Bind(3, 0, 1, 1, 0))
                        .at(40, CS, cs(CsStep.START, 64L, 0L, null))
                        .at(50, CS, cs(CsStep.BLOCK, null, null, 3))
                        .at(60, CS, cs(CsStep.UNBLOCK, null, null, null))
                        .at(70, CS, cs(CsStep.EMPTY, null, 64L, null))
                        .build();
        assertEquals(
                List.of(
                        "10-20 written QUEUED",
                        "20-40 pending QUEUED",
                        "40-50 executing RUNNING",
                        "50-60 blocked: sync wait WAITING",
                        "60-70 executing RUNNING",
                        "70-… empty IDLE"),
                bars(timeline, "app / group 1 / queue 0"));
        assertEquals(
                List.of("20=64", "70=0"),
                steps(timeline, "app / group 1 / queue 0 / pending bytes"));
    }

    @Test
    void blockedStreamThatSeesANewInsertStaysBlocked() {
        Timeline timeline =
                new TraceScript()
                        .at(0, GROUP, state(GroupStateName.CREATED))
                        .at(0, QUEUE, new InsertWrite(3, 0, 0L, 64, Writer.USER))
                        .at(5, "slots:csg slots > slot:slot 0", new Bind(3, 0, 1, 1, 0))
                        .at(10, CS, cs(CsStep.START, 64L, 0L, null))
                        .at(20, CS, cs(CsStep.BLOCK, null, null, 3))
                        .at(30, CS, cs(CsStep.FETCH, 128L, null, null))
                        .at(40, CS, cs(CsStep.UNBLOCK, null, null, null))
                        .build();
        assertEquals(
                List.of(
                        "10-20 executing RUNNING",
                        "20-40 blocked: sync wait WAITING",
                        "40-… executing RUNNING"),
                bars(timeline, "firmware / csg 0 / cs 0"));
        assertEquals(
                List.of(
                        "0-10 pending QUEUED",
                        "10-20 executing RUNNING",
                        "20-40 blocked: sync wait WAITING",
                        "40-… executing RUNNING"),
                bars(timeline, "app / group 1 / queue 0"));
    }

    @Test
    void streamThatReadAllOfTheRingIsDrainedUntilTheFirmwareCallsItIdle() {
        Timeline timeline =
                new TraceScript()
                        .at(0, GROUP, state(GroupStateName.CREATED))
                        .at(0, QUEUE, new InsertWrite(3, 0, 0L, 64, Writer.USER))
                        .at(5, "slots:csg slots > slot:slot 0", new Bind(3, 0, 1, 1, 0))
                        .at(10, CS, cs(CsStep.START, 64L, 0L, null))
                        .at(20, CS, cs(CsStep.BLOCK, null, null, 1))
                        .at(30, CS, cs(CsStep.UNBLOCK, null, null, null))
                        .at(40, CS, cs(CsStep.EXTRACT, null, 64L, null))
                        .at(50, CS, cs(CsStep.EMPTY, null, null, null))
                        .build();
        assertEquals(
                List.of(
                        "10-20 executing RUNNING",
                        "20-30 blocked: scoreboard WAITING",
                        "30-40 executing RUNNING",
                        "40-50 drained IDLE",
                        "50-… idle IDLE"),
                bars(timeline, "firmware / csg 0 / cs 0"));
        assertEquals(
                List.of(
                        "0-10 pending QUEUED",
                        "10-20 executing RUNNING",
                        "20-30 async work RUNNING",
                        "30-40 executing RUNNING",
                        "40-50 drained IDLE",
                        "50-… empty IDLE"),
                bars(timeline, "app / group 1 / queue 0"));
    }

    @Test
    void doorbellPointsUpAndOneThatWentAstrayIsAnError() {
        Timeline timeline =
                new TraceScript()
                        .at(0, QUEUE, new RingWrite(3, 0, 0, 64, null, Writer.USER))
                        .at(10, THREAD, ring(DoorbellPage.REAL, 3L))
                        .at(20, THREAD, ring(DoorbellPage.DUMMY, null))
                        .at(30, THREAD, ring(DoorbellPage.REAL, 9L))
                        .build();
        assertEquals(
                List.of(
                        "10 doorbell by user_page UP RUNNING",
                        "20 doorbell by user_page on the dummy page UP ATTENTION",
                        "30 doorbell by user_page to another group UP ERROR"),
                instants(timeline, "app / group 1 / queue 0"));
    }

    @Test
    void jobWaitsThenRunsAndAFailedOneIsAnError() {
        Timeline timeline =
                new TraceScript()
                        .at(10, QUEUE, job(JobStep.PUSHED, 0))
                        .at(20, QUEUE, job(JobStep.RUN, 0))
                        .at(40, QUEUE, job(JobStep.DONE, -125))
                        .build();
        assertEquals(
                List.of("10-20 job 5 queued QUEUED", "20-40 job 5 ERROR"),
                bars(timeline, "app / group 1 / queue 0 / jobs"));
    }

    @Test
    void workIsQueuedThenRuns() {
        String row = "kernel:kernel > work:tick";
        Timeline timeline =
                new TraceScript()
                        .at(10, row, work(WorkStep.QUEUED))
                        .at(20, row, work(WorkStep.BEGIN))
                        .at(25, row, work(WorkStep.QUEUED))
                        .at(30, row, work(WorkStep.END))
                        .at(40, row, work(WorkStep.CANCELLED))
                        .build();
        assertEquals(
                List.of(
                        "10-20 tick queued QUEUED",
                        "20-30 tick RUNNING",
                        "25-40 tick queued QUEUED"),
                bars(timeline, "kernel / tick"));
    }

    @Test
    void interruptIsRaisedHandledAndThreaded() {
        String row = "irq:irq > irq:job";
        Timeline timeline =
                new TraceScript()
                        .at(10, row, new Irq(IrqLine.JOB, IrqStep.RAISE, 1))
                        .at(12, row, new Irq(IrqLine.JOB, IrqStep.ENTRY, 1))
                        .at(14, row, new Irq(IrqLine.JOB, IrqStep.THREAD, 1))
                        .at(20, row, new Irq(IrqLine.JOB, IrqStep.EXIT, 1))
                        .build();
        assertEquals(
                List.of("10-12 raised QUEUED", "12-14 handler ACTIVITY", "14-20 thread RUNNING"),
                bars(timeline, "irq / job"));
    }

    @Test
    void fenceWithAnErrorIsAnErrorBar() {
        String row = "fences:fences > timeline:queue-fence ctx 9";
        Timeline timeline =
                new TraceScript()
                        .at(10, row, fence(FenceStep.INIT, 1, null))
                        .at(15, row, fence(FenceStep.INIT, 2, null))
                        .at(20, row, fence(FenceStep.SIGNALED, 1, 0))
                        .at(30, row, fence(FenceStep.SIGNALED, 2, -62))
                        .build();
        assertEquals(
                List.of("10-20 queue done: 1 FENCE", "15-30 queue done: 2 ERROR"),
                bars(timeline, "fences / queue-fence ctx 9"));
    }

    @Test
    void syncObjectAndEventfdAreCounters() {
        Timeline timeline =
                new TraceScript()
                        .at(10, "sync:sync objects", sync(1))
                        .at(20, "sync:sync objects", sync(2))
                        .at(30, GROUP, new Eventfd("group:3", 2, 0, 1))
                        .at(40, GROUP, new Eventfd("group:3", 2, 1, 0))
                        .build();
        assertEquals(List.of("10=1", "20=2"), steps(timeline, "sync objects / vm 1 0x1000"));
        assertEquals(List.of("30=1", "40=0"), steps(timeline, "app / group 1 / eventfd 2"));
    }

    @Test
    void eventNoRuleKnowsIsAnInstantOnItsOwnRow() {
        Timeline timeline =
                new TraceScript()
                        .captured(5, "gpu:gpu > gpu:power", 0, "gpu_power_status", "l2", 1L)
                        .build();
        assertEquals(List.of("5 gpu_power_status TICK IDLE"), instants(timeline, "gpu / power"));
    }

    @Test
    void rootsStandInTheOrderOfTheirSectionsAndEmptyOnesAreLeftOut() {
        TraceScript script = new TraceScript();
        script.track("memory:memory");
        Timeline timeline =
                script.captured(1, "cpu:cpu 0", 0, "x", "a", 1L)
                        .at(2, "irq:irq > irq:job", new Irq(IrqLine.JOB, IrqStep.RAISE, 1))
                        .at(3, CS, cs(CsStep.START, 0L, 0L, null))
                        .at(4, GROUP, state(GroupStateName.ACTIVE))
                        .build();
        assertEquals(
                List.of("app", "firmware", "irq", "cpus"),
                timeline.roots().stream().map(TimelineRow::name).toList());
        assertEquals(
                "cpus / cpu 0", timeline.path(timeline.roots().getLast().children().getFirst()));
    }

    @Test
    void lossIsABandBetweenTheEventsAroundIt() {
        Timeline timeline =
                new TraceScript()
                        .at(10, "memory:memory", new BoDestroy(1))
                        .at(70, "memory:memory", new BoDestroy(2))
                        .loss(1)
                        .build();
        assertEquals(1, timeline.losses().size());
        assertEquals(10, timeline.losses().getFirst().fromNs());
        assertEquals(70, timeline.losses().getFirst().toNs());
    }

    @Test
    void traceWithoutEventsHasNoRows() {
        Timeline timeline = new TraceScript().build();
        assertTrue(timeline.roots().isEmpty());
        assertTrue(timeline.toNs() > timeline.fromNs());
    }

    private static GroupState state(GroupStateName to) {
        return new GroupState(3, GroupStateName.CREATED, to, null);
    }

    private static FwCs cs(
            CsStep step, @Nullable Long insert, @Nullable Long extract, @Nullable Integer reason) {
        return new FwCs(0, 0, step, insert, extract, null, null, reason, null, null, null, null);
    }

    private static DbRing ring(DoorbellPage page, @Nullable Long target) {
        return new DbRing(1, page, Ringer.USER_PAGE, target, 3L, 0);
    }

    private static Job job(JobStep step, int error) {
        return new Job(5, 3, 0, step, null, null, null, null, 1, null, null, error);
    }

    private static SchedWork work(WorkStep step) {
        return new SchedWork("tick", "panthor-csf-sched", step, null, null, null);
    }

    private static Fence fence(FenceStep step, long seqno, @Nullable Integer error) {
        return new Fence(
                step, FenceKind.QUEUE_DONE, 9, seqno, "panthor", "queue-fence", error, null, null);
    }

    private static SyncMem sync(long value) {
        return new SyncMem(1, 0x1000, 8, null, value, 0, 0, SyncWriter.GPU, 3L, 0, null, null);
    }
}
