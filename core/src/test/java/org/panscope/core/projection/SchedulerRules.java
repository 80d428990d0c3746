package org.panscope.core.projection;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.kernel.PanthorDevice;
import org.panscope.core.kernel.base.RuntimePm;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.sched.CsgSlot;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.Queue;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FirmwareEvent.FwReq;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.ListNode;
import org.panscope.trace.event.SchedEvent.Reset;
import org.panscope.trace.event.SchedEvent.ResetStep;
import org.panscope.trace.event.SchedEvent.SchedWork;
import org.panscope.trace.event.SchedEvent.Tick;
import org.panscope.trace.event.SchedEvent.TickPhase;
import org.panscope.trace.event.SchedEvent.WorkStep;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Looks on at a run and notes where a rule of the driver is broken: the invariants of the driver
/// that events or the live machine show, and those of the reset (I5, I6) apart, since they are
/// broken as posted.
public final class SchedulerRules {
    private final PanthorDevice device;
    private final List<String> broken = new ArrayList<>();
    private final List<String> resetRaces = new ArrayList<>();
    private final TreeMap<Long, Long> doneSeqno = new TreeMap<>();
    private final TreeMap<Long, Long> finishedSeqno = new TreeMap<>();
    private final Set<String> signaled = new TreeSet<>();
    private boolean inTick;
    private boolean resetting;
    private boolean worksCancelled;
    private @Nullable String resetThread;

    public SchedulerRules(PanthorDevice device) {
        this.device = device;
    }

    /// Rules that hold as posted too, and were broken.
    public List<String> broken() {
        return broken;
    }

    /// Rules of the reset that were broken.
    public List<String> resetRaces() {
        return resetRaces;
    }

    /// An event was recorded.
    public void onEvent(long seq, EventHeader header, TraceEvent event) {
        switch (event) {
            case Tick tick -> inTick = tick.phase() != TickPhase.END;
            case Reset reset -> reset(header, reset);
            case GroupList move -> move(seq, header, move);
            case SchedWork work -> work(seq, work);
            case Fence fence -> fence(seq, fence);
            case DbRing ring -> {
                if (resetting
                        && worksCancelled
                        && ring.page() == DoorbellPage.REAL
                        && ring.doorbellId() != null
                        && ring.doorbellId() != 0) {
                    broken.add(seq + ": rule 9: doorbell " + ring.doorbellId() + " in a reset");
                }
            }
            case FwReq req -> request(seq, req);
            default -> {}
        }
        live(seq);
    }

    private void reset(EventHeader header, Reset reset) {
        if (reset.step() == ResetStep.PRE_BEGIN) {
            resetting = true;
            worksCancelled = false;
            resetThread = header.comm();
        } else if (reset.step() == ResetStep.PRE_END) {
            worksCancelled = true;
        } else if (reset.step() == ResetStep.POST_END) {
            resetting = false;
        }
    }

    /// I5: another thread moves a group inside the reset's critical section.
    private void move(long seq, EventHeader header, GroupList move) {
        String locks = header.locks();
        boolean guarded =
                locks != null
                        && (locks.contains("sched") || (locks.contains("reset") && resetting));
        if (!guarded) {
            resetRaces.add(seq + ": I5: " + move.site() + " moves a group without a lock");
        }
        boolean foreign = resetting && !String.valueOf(header.comm()).equals(resetThread);
        if (foreign && move.node() == ListNode.RUN_NODE && move.from() == GroupListName.STOPPED) {
            resetRaces.add(seq + ": I5: " + move.site() + " takes a stopped group");
        }
    }

    /// I6: tick or sync_upd begins inside a reset.
    private void work(long seq, SchedWork work) {
        boolean concerned = work.work().equals("tick") || work.work().equals("sync_upd");
        if (resetting && concerned && work.step() == WorkStep.BEGIN) {
            resetRaces.add(seq + ": I6: " + work.work() + " runs in a reset");
        }
    }

    /// Rules 6 and 7.
    private void fence(long seq, Fence fence) {
        if (fence.step() != FenceStep.SIGNALED) {
            return;
        }
        String id = fence.context() + ":" + fence.seqno();
        if (!signaled.add(id)) {
            broken.add(seq + ": rule 7: fence " + id + " signals twice");
        }
        TreeMap<Long, Long> last =
                fence.kind() == FenceKind.QUEUE_DONE
                        ? doneSeqno
                        : fence.kind() == FenceKind.FINISHED ? finishedSeqno : null;
        if (last != null) {
            Long before = last.put(fence.context(), fence.seqno());
            if (before != null && before >= fence.seqno()) {
                broken.add(seq + ": rule 6: fence " + id + " after " + before);
            }
        }
    }

    /// Rule 12: a dead group is not started again.
    private void request(long seq, FwReq req) {
        long state = req.newValue() & FwBits.CSG_STATE_MASK;
        boolean starts = state == FwBits.CSG_STATE_START || state == FwBits.CSG_STATE_RESUME;
        boolean changes = (req.oldValue() & FwBits.CSG_STATE_MASK) != state;
        if (req.block().matches("CSG\\d+") && req.word().equals("req") && starts && changes) {
            int slot = Integer.parseInt(req.block().substring(3));
            Group group = device.scheduler().slots().get(slot).group();
            if (group != null && !group.canRun()) {
                broken.add(seq + ": rule 12: dead gid=" + group.gid() + " is started");
            }
        }
    }

    private void live(long seq) {
        if (device.scheduler().slots().isEmpty()) {
            return;
        }
        for (Group group : device.allGroups()) {
            for (Queue queue : group.queues()) {
                queue(seq, group, queue);
            }
            if (!inTick && group.csgId() >= 0 && group.runList() != GroupListName.NONE) {
                broken.add(
                        seq
                                + ": rule 3: gid="
                                + group.gid()
                                + " on slot and on "
                                + group.runList());
            }
        }
        for (CsgSlot slot : device.scheduler().slots()) {
            Group group = slot.group();
            if (group != null && group.csgId() != slot.index()) {
                broken.add(seq + ": rule 4: slot " + slot.index() + " and gid=" + group.gid());
            }
            boolean suspended = device.pm().state() == RuntimePm.State.SUSPENDED;
            if (group != null && suspended) {
                broken.add(seq + ": rule 11: gid=" + group.gid() + " on slot, device suspended");
            }
        }
        GpuVm first = device.addressSpaces().owner(0);
        if (first != null && !first.isForMcu()) {
            broken.add(seq + ": rule 13: address space 0 belongs to VM " + first.id());
        }
    }

    /// Rules 1 and 2, of a queue that the kernel feeds.
    private void queue(long seq, Group group, Queue queue) {
        if (group.isUserSubmit()) {
            return;
        }
        long inFlight = queue.insert() - queue.extract();
        if (inFlight < 0 || inFlight > queue.ringBytes() || queue.insert() % 64 != 0) {
            broken.add(seq + ": rule 1: insert=" + queue.insert() + " extract=" + queue.extract());
        }
        int credits = queue.scheduler().creditCount();
        if (credits < 0 || credits > queue.scheduler().creditLimit()) {
            broken.add(seq + ": rule 2: credits=" + credits);
        }
    }
}
