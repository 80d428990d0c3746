package org.panscope.core.kernel.sched;

import org.panscope.core.fwif.FwBits;
import org.panscope.trace.event.SchedEvent.GroupListName;

import java.util.List;

/// The scheduler of 2026: idleness from the queue masks, equal priorities rotate, a timer of each
/// queue.
///
/// kernel: panthor_sched.c (v7.0)
final class Policy2026 implements SchedPolicy {
    private final Scheduler sched;

    Policy2026(Scheduler sched) {
        this.sched = sched;
    }

    /// A stopped tick is due a period after the last one.
    @Override
    public boolean isFullTick(long nowNs) {
        long target = sched.reschedTargetNs();
        if (target == Scheduler.NEVER) {
            target = sched.lastTickNs() + sched.kernel().timings().tickPeriodNs();
        }
        return nowNs >= target;
    }

    /// Highest slot priority first, for [#pickBusy] to rotate.
    @Override
    public int placeAmongOld(List<Group> others, CsgSlot slot, boolean fullTick) {
        int position = 0;
        for (Group other : others) {
            if (slot.priority() > sched.slots().get(other.csgId()).priority()) {
                break;
            }
            position++;
        }
        return position;
    }

    /// Whoever had the highest priority comes last.
    @Override
    public void pickBusy(TickPicks picks, int priority) {
        GroupLists lists = sched.lists();
        List<Group> old = lists.list(GroupListName.TICK_OLD, priority);
        Group top = old.isEmpty() ? null : old.getFirst();
        if (top != null) {
            lists.remove(top, "tick_work");
        }
        picks.pick(GroupListName.TICK_OLD, priority, true, true);
        picks.pick(GroupListName.RUNNABLE, priority, true, false);
        if (top != null) {
            lists.add(top, GroupListName.TICK_OLD, "tick_work");
            picks.pick(GroupListName.TICK_OLD, priority, true, true);
        }
    }

    /// While busy groups of one priority share the slots.
    @Override
    public boolean keepsTicking(TickPicks picks) {
        return picks.hasRivals();
    }

    @Override
    public boolean isIdle(Group group) {
        return group.areAllInactive();
    }

    /// A tick that is due already is not put off.
    @Override
    public void queueResumedTick(long delayNs) {
        if (!sched.isTickPending()) {
            sched.queueTick(delayNs);
        }
    }

    @Override
    public int streamStart() {
        return FwBits.CS_IDLE_SYNC_WAIT | FwBits.CS_IDLE_EMPTY | FwBits.CS_STATE_START;
    }

    @Override
    public void jobOnSlot(Group group, Queue queue) {
        int mask = queue.mask();
        boolean resumesTick =
                isIdle(group)
                        && (group.idleQueues() & mask) != 0
                        && (group.blockedQueues() & mask) == 0
                        && sched.reschedTargetNs() == Scheduler.NEVER;
        group.setIdleAndBlocked(group.idleQueues() & ~mask, group.blockedQueues());
        if (resumesTick) {
            sched.resumeTick();
        }
    }

    @Override
    public boolean checksBinding() {
        return true;
    }

    @Override
    public boolean resetsUnansweringStreams() {
        return true;
    }

    @Override
    public QueueTimeout timeout(Group group, Queue queue) {
        return new QueueTimeoutWork(sched, group, queue);
    }
}
