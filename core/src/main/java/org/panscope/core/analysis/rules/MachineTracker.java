package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.rules.Machine.FileFacts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.FirmwareEvent.FwWrite;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.DbZap;
import org.panscope.trace.event.KernelEvent.FileClose;
import org.panscope.trace.event.KernelEvent.FileOpen;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.GroupDestroy;
import org.panscope.trace.event.KernelEvent.GroupRelease;
import org.panscope.trace.event.KernelEvent.QueueCreated;
import org.panscope.trace.event.KernelEvent.Term;
import org.panscope.trace.event.MarkEvent.RunEnd;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.CsProg;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupMasks;
import org.panscope.trace.event.SchedEvent.GroupState;
import org.panscope.trace.event.SchedEvent.Pm;
import org.panscope.trace.event.SchedEvent.PmOwner;
import org.panscope.trace.event.SchedEvent.Reset;
import org.panscope.trace.event.SchedEvent.ResetStep;
import org.panscope.trace.event.SchedEvent.Tick;
import org.panscope.trace.event.SchedEvent.TickPhase;
import org.panscope.trace.event.SchedEvent.Unbind;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWaitEval;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsQueue;

import java.util.Set;

/// Keeps a [Machine] up to date. Rules see an event after this has.
public final class MachineTracker {
    /// Kinds of event it takes note of.
    private static final Set<Class<? extends TraceEvent>> KINDS =
            Set.of(
                    Bind.class,
                    CsProg.class,
                    CsStatus.class,
                    DbFault.class,
                    DbZap.class,
                    Fence.class,
                    FileClose.class,
                    FileOpen.class,
                    FwCs.class,
                    FwWrite.class,
                    GroupCreateStep.class,
                    GroupDestroy.class,
                    GroupList.class,
                    GroupMasks.class,
                    GroupRelease.class,
                    GroupState.class,
                    InsertWrite.class,
                    Pm.class,
                    QueueCreated.class,
                    Reset.class,
                    RingWrite.class,
                    RunEnd.class,
                    SyncMem.class,
                    SyncWaitEval.class,
                    Term.class,
                    Tick.class,
                    Unbind.class,
                    XgsJob.class,
                    XgsOp.class,
                    XgsQueue.class);

    private final Machine machine;
    private final GroupTracker groups;
    private final XgsTracker xgs;

    public MachineTracker(Machine machine) {
        this.machine = machine;
        this.groups = new GroupTracker(machine);
        this.xgs = new XgsTracker(machine);
    }

    /// Whether events of a kind change the machine.
    public static boolean takesNoteOf(Class<? extends TraceEvent> kind) {
        return KINDS.contains(kind);
    }

    /// Takes note of an event, before the rules see it.
    public void note(Moment moment) {
        machine.nowNs = moment.timeNs();
        if (groups.note(moment)) {
            return;
        }
        switch (moment.event()) {
            case FileOpen open ->
                    machine.files.put(open.fileId(), new FileFacts(open.fileId(), open.process()));
            case FileClose close -> closed(close, moment);
            case DbFault fault -> machine.pages.fault(fault, moment.seq(), moment.timeNs());
            case Pm pm -> power(pm);
            case Reset reset -> reset(reset, moment);
            case Tick tick when tick.phase() == TickPhase.BEGIN -> machine.isTicking = true;
            case SyncMem write -> machine.noteSyncValue(write.vmId(), write.va(), write.newValue());
            case Fence fence -> fence(fence, moment);
            case XgsQueue queue -> xgs.note(queue, moment);
            case XgsJob job -> xgs.note(job, moment);
            case XgsOp op -> xgs.note(op, moment);
            case FwWrite write when isGroupCount(write) -> machine.slotCount = (int) write.value();
            case RunEnd end -> machine.isAtRest = isRest(end);
            default -> {}
        }
    }

    /// Takes note of what an event ends, after the rules have seen it.
    public void settle(Moment moment) {
        groups.settle(moment);
        switch (moment.event()) {
            case Tick tick when tick.phase() == TickPhase.END -> machine.isTicking = false;
            case DbZap zap -> machine.pages.zap(zap);
            case Fence fence -> {
                switch (fence.step()) {
                    case DESTROY ->
                            machine.fences.remove(
                                    ObjectId.fence(fence.context(), fence.seqno()).toString());
                    default -> {}
                }
            }
            case XgsJob job -> xgs.settle(job);
            case XgsQueue queue -> xgs.settle(queue);
            default -> {}
        }
    }

    /// A run that came to rest, or in which everybody waits.
    private static boolean isRest(RunEnd end) {
        return end.reason().equals("idle") || end.reason().equals("waiting");
    }

    private static boolean isGroupCount(FwWrite write) {
        return write.block().equals("GLB") && write.word().equals("group_num");
    }

    private void closed(FileClose close, Moment moment) {
        FileFacts file = machine.files.get(close.fileId());
        if (file != null) {
            file.closedSeq = moment.seq();
        }
        machine.pages.forget(close.fileId());
    }

    private void power(Pm pm) {
        machine.powerUsage = pm.usage();
        switch (pm.step()) {
            case GET -> {
                if (pm.owner() == PmOwner.SCHEDULER) {
                    machine.isSchedulerPowered = true;
                }
            }
            case PUT -> {
                if (pm.owner() == PmOwner.SCHEDULER) {
                    machine.isSchedulerPowered = false;
                }
            }
            case SUSPEND_END -> machine.isSuspended = true;
            case RESUME_BEGIN -> machine.isSuspended = false;
            default -> {}
        }
    }

    private void reset(Reset reset, Moment moment) {
        Boolean inProgress = reset.inProgress();
        if (inProgress != null) {
            machine.isResetting = inProgress;
        }
        if (reset.step() == ResetStep.PRE_BEGIN) {
            machine.worksCancelledSeq = moment.seq();
        } else if (reset.step() == ResetStep.POST_END) {
            machine.worksCancelledSeq = -1;
        }
    }

    private void fence(Fence fence, Moment moment) {
        ObjectId id = ObjectId.fence(fence.context(), fence.seqno());
        FenceFacts facts =
                machine.fences.computeIfAbsent(
                        id.toString(), key -> new FenceFacts(id, fence.kind(), fence.timeline()));
        Long job = fence.job();
        facts.job = job == null ? facts.job : job;
        switch (fence.step()) {
            case INIT -> facts.initSeq = moment.seq();
            case PUBLISH -> {
                if (!facts.isPublished()) {
                    facts.publishedSeq = moment.seq();
                    facts.publishedNs = moment.timeNs();
                    facts.publishedTo = fence.publishedTo();
                }
            }
            case SET_ERROR, SIGNALED -> {
                Integer error = fence.error();
                facts.error = error == null ? facts.error : error;
                if (fence.step() == org.panscope.trace.event.FenceEvent.FenceStep.SIGNALED
                        && !facts.isSignaled()) {
                    facts.signaledSeq = moment.seq();
                }
            }
            default -> {}
        }
    }
}
