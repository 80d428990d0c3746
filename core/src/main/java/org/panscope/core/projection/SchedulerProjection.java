package org.panscope.core.projection;

import org.panscope.core.kernel.sched.CsgSlot;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.GroupLists;
import org.panscope.core.kernel.sched.Scheduler;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.SchedEvent.GroupListName;

import java.util.List;
import java.util.Locale;

/// The scheduler's lists, in order, its slots, and the device's power.
final class SchedulerProjection implements LiveView {
    private static final List<GroupListName> BY_PRIORITY =
            List.of(
                    GroupListName.IDLE,
                    GroupListName.RUNNABLE,
                    GroupListName.TICK_OLD,
                    GroupListName.TICK_NEW);

    private final Scheduler scheduler;

    SchedulerProjection(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void project(Projection into) {
        if (scheduler.slots().isEmpty()) {
            return; // the firmware has not said yet how many there are
        }
        Projection.Claims device = into.object(ObjectId.parse("device:gpu"));
        for (GroupListName name : BY_PRIORITY) {
            for (int priority = 0; priority < GroupLists.PRIORITIES; priority++) {
                list(device, name.label() + "_" + priority, scheduler.lists().walk(name, priority));
            }
        }
        list(device, "waiting", scheduler.lists().walk(GroupListName.WAITING, 0));
        list(device, "stopped", scheduler.lists().walk(GroupListName.STOPPED, 0));
        device.isOrUnset(
                Belief.KERNEL, "reset_pending", scheduler.kernel().reset().isPending(), false);
        device.isOrUnset(
                Belief.KERNEL,
                "reset_in_progress",
                scheduler.kernel().reset().isInProgress(),
                false);
        device.is(Belief.KERNEL, "pm_usage", (long) scheduler.pm().usage());
        device.isOrUnset(Belief.KERNEL, "pm_has_ref", scheduler.pmHasRef(), false);
        device.is(Belief.KERNEL, "pm_state", label(scheduler.pm().state()));
        for (CsgSlot slot : scheduler.slots()) {
            Group group = slot.group();
            if (group != null) {
                into.object(ObjectId.of("slot", slot.index()))
                        .is(Belief.KERNEL, "group", group.gid())
                        .is(Belief.KERNEL, "doorbell_id", slot.index() + 1)
                        .is(Belief.KERNEL, "as", group.vm().as());
            }
        }
    }

    /// A list nobody was on yet has no cell; one that was left is an empty text.
    private static void list(Projection.Claims device, String quantity, String walk) {
        device.isOrUnset(Belief.KERNEL, quantity, walk, "");
    }

    private static String label(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
