package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FenceEvent.Syncobj;
import org.panscope.trace.event.FenceEvent.SyncobjStep;
import org.panscope.trace.event.FirmwareEvent.AsConfig;
import org.panscope.trace.event.FirmwareEvent.CsInstr;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.KernelEvent.IoctlExit;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.CsProg;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.SchedEvent.FwEvent;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.SchedEvent.Pm;
import org.panscope.trace.event.SchedEvent.PmStep;
import org.panscope.trace.event.SchedEvent.Tick;
import org.panscope.trace.event.SchedEvent.TickPhase;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.UserEvent.UserWaitEnd;
import org.panscope.trace.event.UserEvent.WaitKind;
import org.panscope.trace.event.UserEvent.Writer;

/// The worked example of a first submit on a suspended device, and a second one that finds the
/// group on its slot.
class KernelSubmitTest {
    private final EventLog log = Runs.sample("kernel-submit.json");
    private final EventOrder order = new EventOrder(log);

    @Test
    void bothJobsTakeTheirGoldenPath() {
        submitted();
        order.then("run_job begins", Job.class, e -> e.step() == JobStep.RUN);
        order.then("the device resumes", Pm.class, e -> e.step() == PmStep.RESUME_BEGIN);
        order.then("AS0 shows the MCU's VM", AsConfig.class, e -> e.as() == 0);
        order.then("the device is up", Pm.class, e -> e.step() == PmStep.RESUME_END);
        written(0);
        order.then(
                "idle -> runnable",
                GroupList.class,
                e -> e.from() == GroupListName.IDLE && e.to() == GroupListName.RUNNABLE);
        order.then("tick picks", Tick.class, e -> e.phase() == TickPhase.PICK);
        order.then("slot 0, AS1", Bind.class, e -> e.slot() == 0 && e.as() == 1);
        order.then("CS0 programmed", CsProg.class, e -> e.insert() == 128 && e.extractInit() == 0);
        order.then("GLB doorbell", DbRing.class, e -> is(e.doorbellId(), 0));
        executed(0);
        order.then("queue empty", FwCs.class, e -> e.step() == CsStep.EMPTY);
        order.then("CSG idle", FwEvent.class, FwEvent::idle);
        order.then(
                "idle", CsStatus.class, e -> Boolean.TRUE.equals(e.idle()) && e.extract() == 128);
        order.then("power dropped", Pm.class, e -> e.step() == PmStep.PUT && e.usage() == 0);

        submitted();
        order.then("run_job begins", Job.class, e -> e.step() == JobStep.RUN);
        written(128);
        order.then(
                "slot doorbell",
                DbRing.class,
                e -> e.by() == Ringer.RUN_JOB && is(e.doorbellId(), 1) && e.targetGid() != null);
        executed(1);
        assertEquals(1, log.of(Bind.class).size(), "the group keeps its slot");
    }

    private void submitted() {
        order.then("ioctl", IoctlEnter.class, e -> e.name().equals("GROUP_SUBMIT"));
        order.then("armed", Job.class, e -> e.step() == JobStep.ARMED && e.finished() != null);
        order.then("pushed", Job.class, e -> e.step() == JobStep.PUSHED);
        order.then("syncobj", Syncobj.class, e -> e.step() == SyncobjStep.REPLACE_FENCE);
        order.then(
                "ioctl ends",
                IoctlExit.class,
                e -> e.name().equals("GROUP_SUBMIT") && e.ret() == 0);
    }

    private void written(long at) {
        order.then(
                "done fence",
                Fence.class,
                e -> e.step() == FenceStep.INIT && e.kind() == FenceKind.QUEUE_DONE);
        order.then(
                "16 words",
                RingWrite.class,
                e -> e.by() == Writer.KERNEL && e.at() == at && e.length() == 128);
        order.then(
                "INSERT",
                InsertWrite.class,
                e -> e.by() == Writer.KERNEL && e.newInsert() == at + 128);
    }

    private void executed(long before) {
        order.then("fetch", FwCs.class, e -> e.step() == CsStep.FETCH);
        order.then("the stream is called", CsInstr.class, e -> e.depth() == 1);
        order.then(
                "seqno",
                SyncMem.class,
                e ->
                        e.writer() == SyncWriter.GPU
                                && is(e.oldValue(), before)
                                && e.newValue() == before + 1);
        order.then("sync_update", FwEvent.class, FwEvent::syncUpdate);
        order.then(
                "done fence signalled",
                Fence.class,
                e -> e.step() == FenceStep.SIGNALED && e.kind() == FenceKind.QUEUE_DONE);
        order.then(
                "finished fence signalled",
                Fence.class,
                e -> e.step() == FenceStep.SIGNALED && e.kind() == FenceKind.FINISHED);
        order.then(
                "the application goes on",
                UserWaitEnd.class,
                e -> e.kind() == WaitKind.SYNCOBJ && Integer.valueOf(0).equals(e.result()));
    }

    private static boolean is(@Nullable Number number, long value) {
        return number != null && number.longValue() == value;
    }
}
