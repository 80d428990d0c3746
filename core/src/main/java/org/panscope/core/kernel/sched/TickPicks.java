package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.Tick;
import org.panscope.trace.event.SchedEvent.TickPhase;

import java.util.ArrayList;
import java.util.List;

/// What one tick has picked so far, within the limits of slots and address spaces.
///
/// kernel: panthor_sched.c, struct panthor_sched_tick_ctx, tick_ctx_pick_groups_from_list
final class TickPicks {
    private static final String SITE = "tick_ctx_pick_groups_from_list";

    private final Scheduler sched;
    private final int track;
    private final boolean fullTick;
    private final List<GpuVm> vms = new ArrayList<>();
    private int groupCount;
    private int idleCount;
    private int minimumPriority = GroupLists.PRIORITIES;
    private boolean immediateTick;
    private boolean rivals;

    TickPicks(Scheduler sched, int track, boolean fullTick) {
        this.sched = sched;
        this.track = track;
        this.fullTick = fullTick;
    }

    int groupCount() {
        return groupCount;
    }

    int idleCount() {
        return idleCount;
    }

    /// Lowest priority picked from.
    int minimumPriority() {
        return minimumPriority;
    }

    /// Whether busy groups of one priority were picked together.
    boolean hasRivals() {
        return rivals;
    }

    boolean isFull() {
        return groupCount >= sched.slots().size();
    }

    void askForImmediateTick() {
        immediateTick = true;
    }

    boolean wantsImmediateTick() {
        return immediateTick;
    }

    /// Takes groups from a list as long as there is room.
    ///
    /// @param owned whether the tick holds a reference on each of them already
    void pick(GroupListName from, int priority, boolean skipIdle, boolean owned) {
        if (isFull()) {
            return;
        }
        for (Group group : sched.lists().each(from, priority, SITE)) {
            boolean knownVm = vms.contains(group.vm());
            boolean vmFits = knownVm || vms.size() < sched.addressSpaces().groupSlots();
            if (!group.canRun()
                    || !sched.mayBePicked(group)
                    || !vmFits
                    || (skipIdle && sched.isIdle(group))) {
                continue;
            }
            if (!knownVm) {
                vms.add(group.vm());
            }
            take(group, from, owned);
            if (isFull()) {
                return;
            }
        }
    }

    private void take(Group group, GroupListName from, boolean owned) {
        if (!owned) {
            group.get(SITE);
        }
        groupCount++;
        if (sched.isIdle(group)) {
            idleCount++;
        } else if (!sched.lists().isEmpty(GroupListName.TICK_NEW, group.priority())) {
            rivals = true;
        }
        minimumPriority = Math.min(minimumPriority, group.priority());
        sched.kernel().sim().emit(track, event(TickPhase.PICK, group, from, owned));
        sched.lists().move(group, GroupListName.TICK_NEW, SITE);
    }

    Tick event(TickPhase phase, @Nullable Group group, @Nullable GroupListName from) {
        return event(phase, group, from, null);
    }

    private Tick event(
            TickPhase phase,
            @Nullable Group group,
            @Nullable GroupListName from,
            @Nullable Boolean owned) {
        long target = sched.reschedTargetNs();
        return new Tick(
                phase,
                fullTick,
                group == null ? null : (Long) group.gid(),
                from,
                groupCount,
                idleCount,
                target == Scheduler.NEVER ? null : (Long) target,
                owned);
    }
}
