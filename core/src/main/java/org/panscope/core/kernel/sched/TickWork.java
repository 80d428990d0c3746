package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.GroupStateName;
import org.panscope.trace.event.SchedEvent.PmOwner;
import org.panscope.trace.event.SchedEvent.TickPhase;

import java.util.List;

/// The tick: decides which groups get the slots, and makes it so.
///
/// kernel: panthor_sched.c, tick_work, tick_ctx_init, tick_ctx_apply, tick_ctx_cleanup (v6.11)
final class TickWork {
    private static final int TOP_PRIORITY = GroupLists.PRIORITIES - 1;
    private static final int MAX_CSG_PRIORITY = 15;

    private final Scheduler sched;
    private final KernelContext kernel;
    private final int track;

    TickWork(Scheduler sched) {
        this.sched = sched;
        kernel = sched.kernel();
        track = TrackNames.work(kernel.sim(), "tick");
    }

    void run() {
        if (!kernel.drmDevice().enter()) {
            return;
        }
        runEntered();
        kernel.drmDevice().exit();
    }

    private void runEntered() {
        if (sched.pm().resumeAndGet(PmOwner.TICK) != 0) {
            return;
        }
        sched.lock().lock();
        tick();
        sched.lock().unlock();
        sched.pm().put(PmOwner.TICK);
    }

    private void tick() {
        long nowNs = kernel.sim().nowNs();
        boolean full = sched.policy().isFullTick(nowNs);
        TickPicks picks = new TickPicks(sched, track, full);
        sched.lists().initTickLists();
        emit(TickPhase.BEGIN, picks, null, null);
        boolean answered = collectOldGroups(full);
        boolean applied = answered && pickAndApply(picks, full);
        if (applied) {
            settlePower(picks);
            rearm(picks, nowNs);
        }
        cleanUp(applied);
        emit(TickPhase.END, picks, null, null);
    }

    /// `tick_ctx_init`.
    private boolean collectOldGroups(boolean full) {
        CsgUpdates updates = new CsgUpdates(sched);
        for (CsgSlot slot : sched.slots()) {
            Group group = slot.group();
            if (group == null) {
                continue;
            }
            if (group.vm().hasUnhandledFault()) {
                new CsgIrq(sched).process(slot.index());
                if (group.fatalQueues() == 0) {
                    group.addFatal(group.allQueues());
                }
            }
            group.get("tick_ctx_init");
            insertOld(group, slot, full);
            updates.toggle(slot.index(), FwBits.CSG_STATUS_UPDATE);
        }
        return answered(updates);
    }

    /// Sends requests; a slot that does not answer makes the GPU be reset.
    private boolean answered(CsgUpdates updates) {
        boolean all = updates.apply();
        if (!all) {
            kernel.reset().schedule("CSG update request timedout");
        }
        return all;
    }

    /// A plain add: nobody looks whether the group is on a list already.
    private void insertOld(Group group, CsgSlot slot, boolean full) {
        String site = "tick_ctx_insert_old_group";
        GroupLists lists = sched.lists();
        List<Group> others = lists.list(GroupListName.TICK_OLD, group.priority());
        int position = sched.policy().placeAmongOld(others, slot, full);
        if (position < others.size()) {
            lists.addBefore(group, others.get(position), GroupListName.TICK_OLD, site);
        } else {
            lists.add(group, GroupListName.TICK_OLD, site);
        }
    }

    private boolean pickAndApply(TickPicks picks, boolean full) {
        if (!full) {
            for (int priority = TOP_PRIORITY; priority >= 0; priority--) {
                picks.pick(GroupListName.TICK_OLD, priority, true, true);
                if (priority == TOP_PRIORITY) {
                    picks.pick(GroupListName.RUNNABLE, priority, true, false);
                }
            }
        }
        for (int priority = TOP_PRIORITY; priority >= 0 && !picks.isFull(); priority--) {
            sched.policy().pickBusy(picks, priority);
        }
        for (int priority = TOP_PRIORITY; priority >= 0; priority--) {
            picks.pick(GroupListName.TICK_OLD, priority, false, true);
            picks.pick(GroupListName.IDLE, priority, false, false);
        }
        if (!stopEvicted(picks) || !startNew(picks)) {
            return false;
        }
        for (int priority = TOP_PRIORITY; priority >= 0; priority--) {
            finishPicked(picks, priority);
            returnEvicted(priority);
        }
        sched.tickApplied(picks.groupCount(), picks.idleCount() > 0);
        return true;
    }

    // ---- tick_ctx_apply

    private boolean stopEvicted(TickPicks picks) {
        CsgUpdates updates = new CsgUpdates(sched);
        int slotPriority = MAX_CSG_PRIORITY;
        for (int priority = TOP_PRIORITY; priority >= 0; priority--) {
            for (Group group : each(GroupListName.TICK_OLD, priority)) {
                if (group.csgId() < 0) {
                    kernel.warn("tick_ctx_apply", "csg_id=-1 of an old group, gid=" + group.gid());
                    continue;
                }
                updates.requestState(
                        group.csgId(),
                        group.canRun() ? FwBits.CSG_STATE_SUSPEND : FwBits.CSG_STATE_TERMINATE);
                emit(TickPhase.EVICT, picks, group, GroupListName.TICK_OLD);
            }
            for (Group group : each(GroupListName.TICK_NEW, priority)) {
                int slot = group.csgId();
                if (slot >= 0 && sched.slots().get(slot).priority() != slotPriority) {
                    sched.slotManager().updatePriority(slot, slotPriority);
                    updates.toggle(slot, FwBits.CSG_ENDPOINT_CONFIG);
                }
                slotPriority--;
            }
        }
        if (!answered(updates)) {
            return false;
        }
        for (int priority = TOP_PRIORITY; priority >= 0; priority--) {
            for (Group group : each(GroupListName.TICK_OLD, priority)) {
                if (group.csgId() >= 0) {
                    new CsgIrq(sched).process(group.csgId());
                }
                sched.slotManager().unbind(group);
            }
        }
        return true;
    }

    private boolean startNew(TickPicks picks) {
        CsgUpdates updates = new CsgUpdates(sched);
        int slotPriority = MAX_CSG_PRIORITY;
        int free = freeSlots();
        for (int priority = TOP_PRIORITY; priority >= 0; priority--) {
            for (Group group : each(GroupListName.TICK_NEW, priority)) {
                if (group.csgId() < 0) {
                    if (free == 0) {
                        kernel.warn("tick_ctx_apply", "no free slot for gid=" + group.gid());
                        break;
                    }
                    int slot = Integer.numberOfTrailingZeros(free);
                    emit(TickPhase.START, picks, group, GroupListName.TICK_NEW);
                    if (!start(group, slot, slotPriority, updates)) {
                        kernel.reset().schedule("a group cannot be bound");
                        return false;
                    }
                    free &= ~(1 << slot);
                }
                slotPriority--;
            }
        }
        return answered(updates);
    }

    /// As posted nobody looks whether the group was bound; without one, the slot starts what it was
    /// last programmed for.
    private boolean start(Group group, int slot, int slotPriority, CsgUpdates updates) {
        boolean resume = group.state() == GroupStateName.SUSPENDED;
        int result = sched.slotManager().bind(group, slot);
        if (result != 0 && sched.policy().checksBinding()) {
            return false;
        }
        sched.slotManager().program(slot, slotPriority);
        updates.requestState(slot, resume ? FwBits.CSG_STATE_RESUME : FwBits.CSG_STATE_START);
        updates.toggle(slot, FwBits.CSG_ENDPOINT_CONFIG);
        return true;
    }

    private int freeSlots() {
        int free = 0;
        for (CsgSlot slot : sched.slots()) {
            free |= slot.group() == null ? 1 << slot.index() : 0;
        }
        return free;
    }

    private void finishPicked(TickPicks picks, int priority) {
        for (Group group : each(GroupListName.TICK_NEW, priority)) {
            sched.lists().remove(group, "tick_ctx_apply");
            if (group.isDestroyed()) {
                picks.askForImmediateTick();
            }
            group.put("tick_ctx_apply");
        }
    }

    /// As posted, also a group that refused to leave its slot is put on a list.
    private void returnEvicted(int priority) {
        for (Group group : each(GroupListName.TICK_OLD, priority)) {
            if (!group.canRun()) {
                continue;
            }
            if (kernel.driver().fixes().unbindCheck() && group.csgId() >= 0) {
                sched.lists().remove(group, "tick_ctx_apply");
            } else {
                sched.lists().move(group, idleOrRunnable(group), "tick_ctx_apply");
            }
            group.put("tick_ctx_apply");
        }
    }

    private Iterable<Group> each(GroupListName name, int priority) {
        return sched.lists().eachChanged(name, priority, "tick_ctx_apply");
    }

    // ---- after it

    private void settlePower(TickPicks picks) {
        if (picks.idleCount() == picks.groupCount()) {
            sched.dropPower();
        } else {
            sched.holdPower();
        }
    }

    /// `tick_ctx_update_resched_target`: an earlier target that still lies ahead is kept.
    private void rearm(TickPicks picks, long nowNs) {
        boolean keepTicking = sched.policy().keepsTicking(picks);
        long oldNs = sched.reschedTargetNs();
        long nextNs = nowNs + kernel.timings().tickPeriodNs();
        boolean keepsOld = oldNs != Scheduler.NEVER && oldNs >= nowNs && oldNs <= nextNs;
        long targetNs = keepsOld ? oldNs : nextNs;
        sched.tickDone(nowNs, keepTicking ? targetNs : Scheduler.NEVER);
        if (picks.wantsImmediateTick()) {
            sched.queueTick(0);
        } else if (keepTicking) {
            sched.queueTick(targetNs - nowNs);
        }
    }

    /// `tick_ctx_cleanup`: what is left on the tick's lists. When everything went well, that is
    /// groups that cannot run any more.
    private void cleanUp(boolean applied) {
        String site = "tick_ctx_cleanup";
        GroupLists lists = sched.lists();
        for (int priority = 0; priority < GroupLists.PRIORITIES; priority++) {
            for (Group group : lists.eachChanged(GroupListName.TICK_OLD, priority, site)) {
                if (applied && group.canRun()) {
                    kernel.warn(site, "gid=" + group.gid() + " left on a tick list");
                }
                if (!group.canRun()) {
                    lists.remove(group, site);
                    lists.removeWaiting(group, site);
                    group.queueTerm();
                } else {
                    giveBack(group, site);
                }
                group.put(site);
            }
        }
        for (int priority = 0; priority < GroupLists.PRIORITIES; priority++) {
            if (applied && !lists.isEmpty(GroupListName.TICK_NEW, priority)) {
                kernel.warn(site, "groups left on the tick list of priority " + priority);
            }
            for (Group group : lists.eachChanged(GroupListName.TICK_NEW, priority, site)) {
                giveBack(group, site);
                group.put(site);
            }
        }
    }

    private void giveBack(Group group, String site) {
        if (group.csgId() >= 0) {
            sched.lists().remove(group, site);
        } else {
            sched.lists().moveFirst(group, idleOrRunnable(group), site);
        }
    }

    private GroupListName idleOrRunnable(Group group) {
        return sched.isIdle(group) ? GroupListName.IDLE : GroupListName.RUNNABLE;
    }

    private void emit(
            TickPhase phase, TickPicks picks, @Nullable Group group, @Nullable GroupListName from) {
        kernel.sim().emit(track, picks.event(phase, group, from));
    }
}
