package org.panscope.core.kernel.sched;

import org.panscope.core.fwif.FwBits;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.GroupStateName;
import org.panscope.trace.event.XgsEvent.RecheckCause;

/// Takes every group off its slot before the device loses power.
///
/// kernel: panthor_sched.c, panthor_sched_suspend (v6.11)
public final class SuspendWork {
    private final Scheduler sched;
    private final KernelContext kernel;

    public SuspendWork(Scheduler sched) {
        this.sched = sched;
        kernel = sched.kernel();
    }

    /// `panthor_sched_suspend`.
    ///
    /// @return whether a group has work that it had not finished when it was suspended
    public boolean run() {
        sched.lock().lock();
        CsgUpdates updates = new CsgUpdates(sched);
        for (CsgSlot slot : sched.slots()) {
            Group group = slot.group();
            if (group != null) {
                updates.requestState(
                        slot.index(),
                        group.canRun() ? FwBits.CSG_STATE_SUSPEND : FwBits.CSG_STATE_TERMINATE);
            }
        }
        updates.apply();
        if (updates.timedOut() != 0) {
            escalate(updates.timedOut());
        }
        int suspended = updates.slots() & ~updates.timedOut();
        if (suspended != 0) {
            flush(suspended);
        }
        boolean unfinished = false;
        for (CsgSlot slot : sched.slots()) {
            Group group = slot.group();
            if (group != null) {
                unfinished |= takeOff(group);
            }
        }
        sched.lock().unlock();
        return unfinished;
    }

    /// Groups that do not let themselves be suspended are terminated.
    private void escalate(int slots) {
        kernel.log("panthor_sched_suspend", "CSG suspend failed, escalating to termination");
        CsgUpdates updates = new CsgUpdates(sched);
        for (CsgSlot slot : sched.slots()) {
            Group group = slot.group();
            if (group != null && (slots & 1 << slot.index()) != 0) {
                if (group.canRun()) {
                    group.setInnocent();
                }
                group.setTimedOut();
                updates.requestState(slot.index(), FwBits.CSG_STATE_TERMINATE);
            }
        }
        updates.apply();
        for (CsgSlot slot : sched.slots()) {
            if ((updates.timedOut() & 1 << slot.index()) != 0) {
                sched.slotManager().forceTerminated(slot.index());
            }
        }
    }

    private void flush(int slots) {
        boolean flushed = sched.hooks().flushCaches() == 0;
        for (CsgSlot slot : sched.slots()) {
            Group group = slot.group();
            if (group == null || (slots & 1 << slot.index()) == 0) {
                continue;
            }
            if (flushed) {
                new CsgIrq(sched).syncUpdate(slot.index(), RecheckCause.SUSPEND);
            } else {
                group.setState(GroupStateName.TERMINATED, null);
            }
        }
    }

    /// As posted, every group that can run goes to the idle list, whether it is idle or not (S1).
    private boolean takeOff(Group group) {
        String site = "panthor_sched_suspend";
        group.get(site);
        if (group.csgId() >= 0) {
            new CsgIrq(sched).process(group.csgId());
        }
        sched.slotManager().unbind(group);
        boolean unfinished = group.canRun() && !sched.isIdle(group);
        if (group.canRun()) {
            boolean byIdle = kernel.driver().fixes().suspendListByIdle();
            GroupListName list = byIdle && unfinished ? GroupListName.RUNNABLE : GroupListName.IDLE;
            sched.lists().addFirst(group, list, site);
        } else {
            sched.lists().removeWaiting(group, site);
            group.queueTerm();
        }
        group.put(site);
        return unfinished;
    }
}
