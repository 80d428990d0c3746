package org.panscope.core.state;

import org.panscope.trace.event.SchedEvent;
import org.panscope.trace.schema.Unit;

/// The scheduler events that concern the device as a whole: ticks, power, resets, work items.
final class PowerReducer {
    private PowerReducer() {}

    static void tick(StateBuilder state, SchedEvent.Tick tick) {
        ObjectEditor device =
                state.edit(Devices.GPU)
                        .set(Belief.KERNEL, "tick_phase", tick.phase())
                        .set(Belief.KERNEL, "tick_full", tick.full())
                        .set(Belief.KERNEL, "tick_group_count", tick.groupCount(), Unit.COUNT)
                        .set(Belief.KERNEL, "tick_idle_count", tick.idleCount(), Unit.COUNT)
                        .set(Belief.KERNEL, "resched_target", tick.reschedTargetNs(), Unit.NS);
        if (tick.phase() == SchedEvent.TickPhase.END) {
            device.clear(Belief.KERNEL, "tick_group");
            if (tick.reschedTargetNs() == null) {
                device.set(Belief.KERNEL, "resched_target", "never");
            }
        } else {
            device.set(Belief.KERNEL, "tick_group", tick.gid(), Unit.ID);
        }
    }

    static void pm(StateBuilder state, SchedEvent.Pm pm) {
        ObjectEditor device =
                state.edit(Devices.GPU)
                        .set(Belief.KERNEL, "pm_usage", pm.usage(), Unit.COUNT)
                        .set(Belief.KERNEL, "groups_on_slot", pm.groupsOnSlot(), Unit.COUNT)
                        .set(Belief.KERNEL, "groups_with_work", pm.groupsWithWork(), Unit.COUNT);
        boolean ofScheduler = pm.owner() == SchedEvent.PmOwner.SCHEDULER;
        switch (pm.step()) {
            case GET -> {
                if (ofScheduler) {
                    device.set(Belief.KERNEL, "pm_has_ref", true);
                }
            }
            case PUT -> {
                if (ofScheduler) {
                    device.set(Belief.KERNEL, "pm_has_ref", false);
                }
            }
            case GET_IF_IN_USE -> device.set(Belief.KERNEL, "pm_last_owner", pm.owner());
            case RESUME_BEGIN -> device.set(Belief.KERNEL, "pm_state", "resuming");
            case RESUME_END -> device.set(Belief.KERNEL, "pm_state", "active");
            case RESUME_FAILED -> device.set(Belief.KERNEL, "pm_state", "suspended");
            case SUSPEND_BEGIN -> device.set(Belief.KERNEL, "pm_state", "suspending");
            case SUSPEND_END -> device.set(Belief.KERNEL, "pm_state", "suspended");
            case SUSPEND_ABORTED -> device.set(Belief.KERNEL, "pm_state", "active");
            case AUTOSUSPEND_ARMED -> device.set(Belief.KERNEL, "pm_last_owner", pm.owner());
        }
    }

    static void reset(StateBuilder state, SchedEvent.Reset reset) {
        state.edit(Devices.GPU)
                .set(Belief.KERNEL, "reset_step", reset.step())
                .set(Belief.KERNEL, "reset_groups_stopped", reset.groupsStopped(), Unit.COUNT)
                .set(Belief.KERNEL, "reset_groups_started", reset.groupsStarted(), Unit.COUNT)
                .set(Belief.KERNEL, "reset_pending", reset.pending())
                .set(Belief.KERNEL, "reset_in_progress", reset.inProgress())
                .set(Belief.KERNEL, "reset_reason", reset.reason());
    }

    static void work(StateBuilder state, SchedEvent.SchedWork event) {
        Long gid = event.gid();
        String key = gid == null ? event.work() : event.work() + "." + gid;
        ObjectEditor work =
                state.edit(new ObjectId("work", key))
                        .set(Belief.KERNEL, "workqueue", event.workqueue())
                        .set(Belief.KERNEL, "last_step", event.step())
                        .set(Belief.KERNEL, "group", gid, Unit.ID)
                        .set(Belief.KERNEL, "delay", event.delayNs(), Unit.NS)
                        .set(Belief.KERNEL, "reason", event.reason());
        switch (event.step()) {
            case QUEUED, ALREADY_QUEUED -> work.set(Belief.KERNEL, "pending", true);
            case REFUSED -> {}
            case BEGIN ->
                    work.set(Belief.KERNEL, "pending", false)
                            .set(Belief.KERNEL, "running", true)
                            .clear(Belief.KERNEL, "delay");
            case END -> work.set(Belief.KERNEL, "running", false);
            case CANCELLED -> work.set(Belief.KERNEL, "pending", false);
        }
    }
}
