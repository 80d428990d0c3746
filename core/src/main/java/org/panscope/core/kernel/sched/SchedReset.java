package org.panscope.core.kernel.sched;

import org.panscope.core.kernel.base.DeviceReset;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.GroupStateName;
import org.panscope.trace.event.SchedEvent.ResetStep;

/// The scheduler's part of a reset: every group off its slot and onto the list of stopped groups
/// before it, back to where it belongs after it.
///
/// As posted the groups change lists under `reset.lock` alone, while everybody else changes lists
/// under the scheduler's lock (R2).
///
/// kernel: panthor_sched.c: panthor_sched_pre_reset, panthor_sched_post_reset, panthor_group_stop,
/// panthor_group_start
public final class SchedReset {
    private final Scheduler sched;
    private final KernelContext kernel;
    private final DeviceReset reset;

    public SchedReset(Scheduler sched) {
        this.sched = sched;
        kernel = sched.kernel();
        reset = kernel.reset();
    }

    /// `panthor_sched_pre_reset`.
    public void preReset() {
        sched.resetLock().lock();
        reset.setInProgress(true);
        sched.cancelWorks();
        new SuspendWork(sched).run();
        for (int priority = 0; priority < GroupLists.PRIORITIES; priority++) {
            if (!kernel.driver().isMainline2026()
                    && !sched.lists().isEmpty(GroupListName.RUNNABLE, priority)) {
                kernel.warn("panthor_sched_pre_reset", "runnable[" + priority + "] is not empty");
            }
            sched.lists().list(GroupListName.RUNNABLE, priority).forEach(this::stop);
        }
        for (int priority = 0; priority < GroupLists.PRIORITIES; priority++) {
            sched.lists().list(GroupListName.IDLE, priority).forEach(this::stop);
        }
        reset.tell(ResetStep.PRE_END, null);
        sched.resetLock().unlock();
    }

    /// `panthor_sched_post_reset`.
    ///
    /// @param failed whether the firmware does not run again
    public void postReset(boolean failed) {
        sched.resetLock().lock();
        reset.tell(ResetStep.POST_BEGIN, null);
        for (Group group : sched.lists().list(GroupListName.STOPPED, 0)) {
            if (failed) {
                group.setState(GroupStateName.TERMINATED, null);
            }
            start(group);
        }
        reset.setInProgress(false);
        sched.resetLock().unlock();
        if (!failed) {
            sched.queueTick(0);
            sched.queueSyncUpd();
        }
    }

    /// `panthor_group_stop`, under `reset.lock`: nothing is run for its queues any more.
    void stop(Group group) {
        group.queues().forEach(Queue::stop);
        group.get();
        reset.groupStopped();
        listed(() -> sched.lists().move(group, GroupListName.STOPPED, "panthor_group_stop"));
    }

    /// `panthor_group_start`, under `reset.lock`.
    private void start(Group group) {
        group.queues().forEach(Queue::start);
        reset.groupStarted();
        if (group.canRun()) {
            GroupListName to = sched.isIdle(group) ? GroupListName.IDLE : GroupListName.RUNNABLE;
            listed(() -> sched.lists().move(group, to, "panthor_group_start"));
        } else {
            listed(() -> {
                sched.lists().remove(group, "panthor_group_start");
                sched.lists().removeWaiting(group, "panthor_group_start");
            });
            group.queueTerm();
        }
        group.put();
    }

    private void listed(Runnable move) {
        if (kernel.driver().fixes().resetListLock()) {
            sched.lock().with(move);
        } else {
            move.run();
        }
    }
}
