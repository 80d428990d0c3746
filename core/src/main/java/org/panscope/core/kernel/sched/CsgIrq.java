package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.fwif.FwLayout.CsgInput;
import org.panscope.core.fwif.FwLayout.CsgOutput;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.ExceptionName;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.fwhost.FwBlock;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.SchedEvent.FwEvent;
import org.panscope.trace.event.XgsEvent.RecheckCause;

import java.util.Locale;

/// Takes notice of what the firmware raised on one slot. Under the scheduler's lock.
///
/// kernel: panthor_sched.c, sched_process_csg_irq_locked, cs_slot_process_irq_locked,
/// csg_slot_sync_update_locked; RFC patches 6/8 and 7/8
final class CsgIrq {
    private static final int EVENTS =
            FwBits.CSG_SYNC_UPDATE | FwBits.CSG_IDLE | FwBits.CSG_PROGRESS_TIMER_EVENT;
    private static final int CS_UNRECOVERABLE = 0x41;

    private final Scheduler sched;
    private final KernelContext kernel;

    CsgIrq(Scheduler sched) {
        this.sched = sched;
        kernel = sched.kernel();
    }

    void process(int slot) {
        FwBlock csg = sched.firmware().csg(slot);
        int req = csg.req();
        int ack = csg.ack();
        int csIrqReq = csg.output32(CsgOutput.CS_IRQ_REQ);
        int csIrqAck = csg.input32(CsgInput.CS_IRQ_ACK);
        if (req == ack && csIrqReq == csIrqAck) {
            return;
        }
        Group group = sched.slots().get(slot).group();
        int events = (req ^ ack) & EVENTS;
        int csEvents = csIrqReq ^ csIrqAck;
        tell(slot, group, events, csEvents);
        csg.request(CsgInput.CS_IRQ_ACK, "cs_irq_ack", csIrqReq);
        csg.updateReqs(ack, EVENTS);
        if ((events & FwBits.CSG_IDLE) != 0) {
            sched.setMightHaveIdleGroups(true);
            sched.queueTick(0);
        }
        if ((events & FwBits.CSG_PROGRESS_TIMER_EVENT) != 0) {
            progressTimer(slot, group);
        }
        int ringMask = 0;
        for (int cs = 0; cs < sched.firmware().csCount(); cs++) {
            if ((csEvents & 1 << cs) != 0 && processCs(slot, cs, group)) {
                ringMask |= 1 << cs;
            }
        }
        if ((events & FwBits.CSG_SYNC_UPDATE) != 0) {
            syncUpdate(slot, RecheckCause.FW_EVENT);
        }
        csg.toggleDoorbellReq(ringMask);
        sched.firmware().ringCsgDoorbells(1 << slot);
    }

    /// `csg_slot_sync_update_locked`: first the file's XGS queues, then the group's eventfd or its
    /// jobs, then every waiting group.
    void syncUpdate(int slot, RecheckCause cause) {
        Group group = sched.slots().get(slot).group();
        if (group != null) {
            sched.hooks().recheckXgsQueues(group, cause);
            EventFdContext eventfd = group.eventfd();
            if (group.queues().stream().anyMatch(CsgIrq::isWatched) && group.isUserSubmit()) {
                sched.queueTick(0);
            }
            if (!group.isUserSubmit()) {
                group.queueSyncUpd();
            } else if (eventfd != null) {
                eventfd.signal();
            }
        }
        sched.queueSyncUpd();
    }

    /// V10, V14: a job waits for EXTRACT, which only a tick samples.
    private static boolean isWatched(Queue queue) {
        return !queue.inFlight().isEmpty();
    }

    private void tell(int slot, @Nullable Group group, int events, int csEvents) {
        kernel.sim()
                .emit(
                        sched.slotTrack(slot),
                        new FwEvent(
                                slot,
                                group == null ? null : (Long) group.gid(),
                                (events & FwBits.CSG_SYNC_UPDATE) != 0,
                                (events & FwBits.CSG_IDLE) != 0,
                                (events & FwBits.CSG_PROGRESS_TIMER_EVENT) != 0,
                                csEvents & 0xffff_ffffL));
    }

    private void progressTimer(int slot, @Nullable Group group) {
        String site = "csg_slot_process_progress_timer_event";
        if (group == null) {
            kernel.warn(site, "no group on CSG slot " + slot);
        } else if (kernel.driver().isMainline2026()) {
            kernel.log(site, "CSG_PROGRESS_TIMER_EVENT: " + group.task());
        }
        kernel.log(site, "CSG slot " + slot + " progress timeout");
        if (group != null) {
            group.setTimedOut();
        }
        sched.queueTick(0);
    }

    /// Whether the firmware has to look at the stream again.
    private boolean processCs(int slot, int cs, @Nullable Group group) {
        FwBlock block = sched.firmware().cs(slot, cs);
        int events = block.req() ^ block.ack();
        if ((events & FwBits.CS_FATAL) != 0) {
            fatal(slot, cs, group, block);
        }
        if ((events & FwBits.CS_FAULT) != 0) {
            fault(slot, cs, group, block);
        }
        if ((events & FwBits.CS_TILER_OOM) != 0) {
            tilerOom(slot, group, cs);
        }
        block.acknowledge(FwBits.CS_FATAL | FwBits.CS_FAULT);
        return (events & (FwBits.CS_FAULT | FwBits.CS_TILER_OOM)) != 0;
    }

    /// A stream that cannot recover takes the GPU with it; until the reset nobody is scheduled.
    private void fatal(int slot, int cs, @Nullable Group group, FwBlock block) {
        int fatal = block.output32(CsOutput.FATAL);
        if (group != null) {
            group.addFatal(1 << cs);
        }
        if ((fatal & 0xff) == CS_UNRECOVERABLE) {
            kernel.reset().schedule("CS_UNRECOVERABLE");
            sched.cancelTick();
        } else {
            sched.queueTick(0);
        }
        report("CS_FATAL", slot, cs, group, fatal, block.output64(CsOutput.FATAL_INFO));
    }

    private void fault(int slot, int cs, @Nullable Group group, FwBlock block) {
        if (group != null && cs < group.queues().size()) {
            markJobs(group.queues().get(cs));
        }
        report(
                "CS_FAULT",
                slot,
                cs,
                group,
                block.output32(CsOutput.FAULT),
                block.output64(CsOutput.FAULT_INFO));
    }

    /// Jobs that EXTRACT stands in end with an error, once they end.
    private static void markJobs(Queue queue) {
        long extract = queue.extract();
        for (PanthorJob job : queue.inFlight()) {
            DmaFence done = job.doneFence();
            if (done != null && extract >= job.ringStart() && extract < job.ringEnd()) {
                done.setError(Errno.EINVAL);
            }
        }
    }

    /// The event stays unacknowledged until the work has its answer.
    private void tilerOom(int slot, @Nullable Group group, int cs) {
        if (group == null) {
            kernel.warn("cs_slot_process_tiler_oom_event_locked", "no group on CSG slot " + slot);
        } else {
            group.queueTilerOom(cs);
        }
    }

    /// The driver's message; the newer one says first whose group it is.
    private void report(String what, int slot, int cs, @Nullable Group group, int word, long info) {
        String site = "cs_slot_process_" + (what.equals("CS_FATAL") ? "fatal" : "fault") + "_event";
        if (group != null && kernel.driver().isMainline2026()) {
            kernel.log(site, what + ": " + group.task());
        }
        int type = word & 0xff;
        kernel.log(
                site,
                String.format(
                        Locale.ROOT,
                        """
                        CSG slot %d CS slot: %d
                        %s.EXCEPTION_TYPE: 0x%x (%s)
                        %s.EXCEPTION_DATA: 0x%x
                        %s_INFO.EXCEPTION_DATA: 0x%x\
                        """,
                        slot,
                        cs,
                        what,
                        type,
                        ExceptionName.of(type),
                        what,
                        word >>> 8,
                        what,
                        info));
    }
}
