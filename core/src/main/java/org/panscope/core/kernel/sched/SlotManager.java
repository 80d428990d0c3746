package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsInput;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.fwif.FwLayout.CsgInput;
import org.panscope.core.fwif.FwLayout.CsgOutput;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.fwhost.FirmwareHost;
import org.panscope.core.kernel.fwhost.FwBlock;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.KernelEvent.ZapCause;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.CsProg;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.SchedEvent.GroupStateName;
import org.panscope.trace.event.SchedEvent.Unbind;

import java.util.Objects;

/// Binding groups to slots, programming the firmware interfaces of a slot, and taking over what the
/// firmware says of it. All under the scheduler's lock.
///
/// kernel: panthor_sched.c: group_bind_locked, group_unbind_locked, csg_slot_prog_locked,
/// cs_slot_prog_locked, csg_slot_sync_*
public final class SlotManager {
    private static final int PRIORITY_SHIFT = 28;
    private static final int ALL_IRQS = -1;

    private final Scheduler sched;

    SlotManager(Scheduler sched) {
        this.sched = sched;
    }

    // ---- binding

    /// `group_bind_locked`.
    ///
    /// @return 0, or a negated errno when there is no address space for its VM
    int bind(Group group, int slot) {
        int result = sched.addressSpaces().activate(group.vm());
        if (result == 0) {
            group.get("group_bind_locked");
            group.setSlot(slot);
            sched.slots().get(slot).setGroup(group);
        }
        kernel().sim()
                .emit(
                        sched.slotTrack(slot),
                        new Bind(group.gid(), slot, group.vm().as(), slot + 1, result));
        if (result == 0) {
            sched.hooks().zapDoorbells(ZapCause.BIND, group);
        }
        return result;
    }

    /// `group_unbind_locked`: refuses while the group is active.
    int unbind(Group group) {
        int slot = group.csgId();
        if (slot < 0 || group.state() == GroupStateName.ACTIVE) {
            kernel().warn("group_unbind_locked", "csg_id=" + slot + " state=" + group.state());
            kernel().sim()
                    .emit(
                            group.track(),
                            new Unbind(group.gid(), slot, group.state(), Errno.EINVAL));
            return Errno.EINVAL;
        }
        sched.addressSpaces().idle(group.vm());
        group.setSlot(Group.NO_SLOT);
        sched.slots().get(slot).setGroup(null);
        kernel().sim().emit(sched.slotTrack(slot), new Unbind(group.gid(), slot, group.state(), 0));
        group.cancelTilerOom();
        sched.hooks().zapDoorbells(ZapCause.UNBIND, group);
        sched.evictions().offSlot(group);
        if (kernel().driver().fixes().suspendRecheck()) {
            recheckInserts(group);
        }
        group.put("group_unbind_locked");
        return 0;
    }

    /// Looks for work that came after the queues were sampled, now that no doorbell can reach the
    /// slot any more: such a queue is not idle.
    private static void recheckInserts(Group group) {
        int idle = group.idleQueues();
        for (Queue queue : group.queues()) {
            if (queue.insert() != queue.extract()) {
                idle &= ~queue.mask();
            }
        }
        group.setIdleAndBlocked(idle, group.blockedQueues());
    }

    // ---- programming

    /// `csg_slot_prog_locked`.
    void program(int slot, int priority) {
        Group group = occupant(slot);
        if (group == null) {
            return;
        }
        for (Queue queue : group.queues()) {
            if (hasInterface(queue, "cs_slot_prog_locked")) {
                programQueue(group, queue, slot);
            }
        }
        FwBlock csg = firmware().csg(slot);
        GroupSpec.Cores cores = group.spec().cores();
        csg.write64(CsgInput.ALLOW_COMPUTE, "allow_compute", cores.computeMask());
        csg.write64(CsgInput.ALLOW_FRAGMENT, "allow_fragment", cores.fragmentMask());
        csg.write32(CsgInput.ALLOW_OTHER, "allow_other", (int) cores.tilerMask());
        csg.write32(
                CsgInput.ENDPOINT_REQ,
                "endpoint_req",
                cores.maxCompute()
                        | cores.maxFragment() << 8
                        | cores.maxTiler() << 16
                        | priority << PRIORITY_SHIFT);
        csg.write32(CsgInput.CONFIG, "config", group.vm().as());
        csg.write64(CsgInput.SUSPEND_BUF, "suspend_buf", group.suspendBufferVa());
        csg.write64(CsgInput.PROTM_SUSPEND_BUF, "protm_suspend_buf", group.protmSuspendBufferVa());
        csg.write32(CsgInput.ACK_IRQ_MASK, "ack_irq_mask", ALL_IRQS);
        csg.toggleDoorbellReq(group.allQueues());
        sched.slots().get(slot).setPriority(priority);
    }

    private void programQueue(Group group, Queue queue, int slot) {
        long extract = queue.extract();
        long insert = queue.insert();
        queue.setExtractInit(extract);
        boolean warned = insert < extract;
        kernel().sim()
                .emit(
                        group.queueTrack(queue.index()),
                        new CsProg(group.gid(), queue.index(), slot, insert, extract, warned));
        if (warned) {
            kernel().warn("cs_slot_prog_locked", "insert=" + insert + " extract=" + extract);
        }
        FwBlock cs = firmware().cs(slot, queue.index());
        cs.write64(CsInput.RINGBUF_BASE, "ringbuf_base", queue.ringVa());
        cs.write32(CsInput.RINGBUF_SIZE, "ringbuf_size", (int) queue.ringBytes());
        cs.write64(CsInput.RINGBUF_INPUT, "ringbuf_input", queue.inputVa());
        cs.write64(CsInput.RINGBUF_OUTPUT, "ringbuf_output", queue.outputVa());
        cs.write32(CsInput.CONFIG, "config", queue.priority() | queue.doorbellId() << 8);
        cs.write32(CsInput.ACK_IRQ_MASK, "ack_irq_mask", ALL_IRQS);
        int start = sched.policy().streamStart();
        cs.updateReqs(start, start | FwBits.CS_STATE_MASK);
        if (insert != extract) {
            queue.timeout().programmed();
        }
    }

    /// Tells the firmware another priority; the caller toggles ENDPOINT_CONFIG.
    void updatePriority(int slot, int priority) {
        FwBlock csg = firmware().csg(slot);
        int endpoints = csg.input32(CsgInput.ENDPOINT_REQ) & ~(0xf << PRIORITY_SHIFT);
        csg.write32(CsgInput.ENDPOINT_REQ, "endpoint_req", endpoints | priority << PRIORITY_SHIFT);
    }

    // ---- taking over what the firmware says

    /// `csg_slot_sync_priority_locked`.
    void syncPriority(int slot) {
        int endpoints = firmware().csg(slot).input32(CsgInput.ENDPOINT_REQ);
        sched.slots().get(slot).setPriority(endpoints >>> PRIORITY_SHIFT);
    }

    /// `csg_slot_sync_idle_state_locked`.
    void syncIdleState(int slot) {
        int status = firmware().csg(slot).output32(CsgOutput.STATUS_STATE);
        sched.slots().get(slot).setIdle((status & FwBits.CSG_STATUS_STATE_IS_IDLE) != 0);
    }

    /// `csg_slot_sync_state_locked`.
    void syncState(int slot) {
        Group group = occupant(slot);
        if (group == null) {
            return;
        }
        int fwState = firmware().csg(slot).ack() & FwBits.CSG_STATE_MASK;
        GroupStateName next =
                switch (fwState) {
                    case FwBits.CSG_STATE_START, FwBits.CSG_STATE_RESUME -> GroupStateName.ACTIVE;
                    case FwBits.CSG_STATE_TERMINATE -> GroupStateName.TERMINATED;
                    case FwBits.CSG_STATE_SUSPEND -> GroupStateName.SUSPENDED;
                    default -> GroupStateName.UNKNOWN;
                };
        if (next == GroupStateName.UNKNOWN) {
            kernel().log(
                            "csg_slot_sync_state_locked",
                            "Invalid state on CSG " + slot + " (state=" + fwState + ")");
        }
        GroupStateName old = group.state();
        if (old == next) {
            return;
        }
        if (next == GroupStateName.UNKNOWN) {
            kernel().reset().schedule("unknown state of CSG " + slot);
        }
        if (next == GroupStateName.SUSPENDED) {
            syncQueuesState(slot);
        }
        if (old == GroupStateName.ACTIVE) {
            group.queues().forEach(queue -> resetQueue(group, queue, slot));
        }
        group.setState(next, fwState);
    }

    /// Gives up on a group whose firmware side does not answer.
    void forceTerminated(int slot) {
        Group group = occupant(slot);
        if (group != null && group.state() != GroupStateName.TERMINATED) {
            group.setState(GroupStateName.TERMINATED, null);
            if (sched.policy().resetsUnansweringStreams()) {
                group.queues().forEach(queue -> resetQueue(group, queue, slot));
            }
        }
    }

    /// `csg_slot_sync_queues_state_locked`: the masks are built anew.
    void syncQueuesState(int slot) {
        Group group = occupant(slot);
        if (group == null) {
            return;
        }
        int idle = 0;
        int blocked = 0;
        for (Queue queue : group.queues()) {
            if (!hasInterface(queue, "cs_slot_sync_queue_state_locked")) {
                continue;
            }
            CsStatus status = sample(group, queue, slot);
            kernel().sim().emit(group.queueTrack(queue.index()), status);
            if (Objects.equals(status.blockedReason(), FwBits.BLOCKED_REASON_SYNC_WAIT)) {
                sched.lists().addWaiting(group, "cs_slot_sync_queue_state_locked");
            }
            if (group.isUserSubmit()) {
                JobCompletion.sampled(
                        queue, status.extract(), Objects.equals(status.scoreboards(), 0L));
            }
            idle |= Boolean.TRUE.equals(status.idle()) ? queue.mask() : 0;
            blocked |= Boolean.TRUE.equals(status.blocked()) ? queue.mask() : 0;
        }
        group.setIdleAndBlocked(idle, blocked);
    }

    /// `cs_slot_sync_queue_state_locked`.
    private CsStatus sample(Group group, Queue queue, int slot) {
        FwBlock cs = firmware().cs(slot, queue.index());
        int reason = cs.output32(CsOutput.STATUS_BLOCKED_REASON) & 0xf;
        long scoreboards = cs.output32(CsOutput.STATUS_SCOREBOARDS) & 0xffff_ffffL;
        long insert = queue.insert();
        long extract = queue.extract();
        boolean idle =
                reason == FwBits.BLOCKED_REASON_UNBLOCKED && insert == extract && scoreboards == 0;
        Queue.SyncWait wait = null;
        if (reason == FwBits.BLOCKED_REASON_SYNC_WAIT) {
            wait = syncWait(cs);
            queue.setSyncWait(wait);
        }
        return new CsStatus(
                group.gid(),
                queue.index(),
                reason,
                insert,
                extract,
                scoreboards,
                wait == null ? null : (Long) wait.va(),
                wait == null ? null : (Long) wait.ref(),
                wait == null ? null : (Boolean) wait.gt(),
                wait == null ? null : (Boolean) wait.is64(),
                idle,
                wait != null && scoreboards == 0);
    }

    private static Queue.SyncWait syncWait(FwBlock cs) {
        int status = cs.output32(CsOutput.STATUS_WAIT);
        boolean is64 = (status & FwBits.STATUS_WAIT_SYNC_64B) != 0;
        long ref = cs.output32(CsOutput.STATUS_WAIT_SYNC_VALUE) & 0xffff_ffffL;
        if (is64) {
            ref |= (long) cs.output32(CsOutput.STATUS_WAIT_SYNC_VALUE_HI) << 32;
        }
        return new Queue.SyncWait(
                cs.output64(CsOutput.STATUS_WAIT_SYNC_PTR),
                ref,
                (status & FwBits.STATUS_WAIT_SYNC_COND_GT) != 0,
                is64);
    }

    /// `cs_slot_reset_locked`.
    private void resetQueue(Group group, Queue queue, int slot) {
        if (!hasInterface(queue, "cs_slot_reset_locked")) {
            return;
        }
        firmware().cs(slot, queue.index()).updateReqs(FwBits.CS_STATE_STOP, FwBits.CS_STATE_MASK);
        queue.timeout().slotLost((group.blockedQueues() & queue.mask()) != 0);
    }

    /// A group may have more queues than the firmware has streams; the interfaces of those beyond
    /// were never found in its tables, and their pointers are NULL.
    private boolean hasInterface(Queue queue, String site) {
        boolean has = queue.index() < firmware().csCount();
        if (!has) {
            kernel().oops(site, "NULL pointer dereference: stream " + queue.index());
        }
        return has;
    }

    private @Nullable Group occupant(int slot) {
        return sched.slots().get(slot).group();
    }

    private FirmwareHost firmware() {
        return sched.firmware();
    }

    private KernelContext kernel() {
        return sched.kernel();
    }
}
