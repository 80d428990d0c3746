package org.panscope.core.kernel.sched;

import org.panscope.core.fwif.FwBits;
import org.panscope.trace.event.SchedEvent.GroupListName;

import java.util.List;

/// The scheduler the series was posted on.
///
/// kernel: panthor_sched.c (v6.11)
final class Policy2024 implements SchedPolicy {
    private final Scheduler sched;

    Policy2024(Scheduler sched) {
        this.sched = sched;
    }

    /// A stopped tick counts as a full one.
    @Override
    public boolean isFullTick(long nowNs) {
        long target = sched.reschedTargetNs();
        return target == Scheduler.NEVER || nowNs >= target;
    }

    /// Lowest slot priority first, so that it gets a higher one next. The flag that asks for this
    /// order is passed the wrong way round: it is kept on partial ticks only.
    @Override
    public int placeAmongOld(List<Group> others, CsgSlot slot, boolean fullTick) {
        int position = 0;
        for (Group other : others) {
            if (!fullTick
                    && other.csgId() >= 0
                    && sched.slots().get(other.csgId()).priority() > slot.priority()) {
                break;
            }
            position++;
        }
        return position;
    }

    @Override
    public void pickBusy(TickPicks picks, int priority) {
        picks.pick(GroupListName.RUNNABLE, priority, true, false);
        picks.pick(GroupListName.TICK_OLD, priority, true, true);
    }

    /// While every slot has a busy group and another of the lowest priority waits.
    @Override
    public boolean keepsTicking(TickPicks picks) {
        return picks.isFull()
                && picks.idleCount() == 0
                && !sched.lists().isEmpty(GroupListName.RUNNABLE, picks.minimumPriority());
    }

    /// On slot what the firmware last said, else what the masks say.
    @Override
    public boolean isIdle(Group group) {
        return group.csgId() >= 0
                ? sched.slots().get(group.csgId()).isIdle()
                : group.areAllInactive();
    }

    @Override
    public void queueResumedTick(long delayNs) {
        sched.queueTick(delayNs);
    }

    @Override
    public int streamStart() {
        return FwBits.CS_IDLE_SYNC_WAIT
                | FwBits.CS_IDLE_EMPTY
                | FwBits.CS_STATE_START
                | FwBits.CS_EXTRACT_EVENT;
    }

    @Override
    public void jobOnSlot(Group group, Queue queue) {
        // The masks wait for the next status update.
    }

    @Override
    public boolean checksBinding() {
        return false;
    }

    @Override
    public boolean resetsUnansweringStreams() {
        return false;
    }

    @Override
    public QueueTimeout timeout(Group group, Queue queue) {
        return new JobTimeout(queue);
    }
}
