package org.panscope.core.explain;

import org.panscope.core.explain.TraceFacts.Seen;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.KernelEvent.Kick;

/// What would bring a group with work from the idle list to a slot, and what was tried.
final class Rescue {
    private static final ObjectId TICK = new ObjectId("work", "tick");

    private final Inquiry inquiry;
    private final Known known;
    private final GroupReasons groups;

    Rescue(Inquiry inquiry) {
        this.inquiry = inquiry;
        known = inquiry.known;
        groups = new GroupReasons(inquiry);
    }

    /// A call of GROUP_KICK that has not brought it to a slot.
    Link kicked(ObjectId group, Seen<Kick> kick, boolean isMarkedIdle) {
        boolean isTickComing =
                known.isTrue(TICK, Belief.KERNEL, "pending")
                        || known.isTrue(TICK, Belief.KERNEL, "running");
        if (isMarkedIdle || isTickComing || !groups.areSlotsFullOfWork()) {
            return Link.waiting(
                    group,
                    "GROUP_KICK was called at "
                            + inquiry.at(kick)
                            + ", "
                            + inquiry.ago(kick.timeNs())
                            + " ago"
                            + groups.nextTick()
                            + ".",
                    kick.seq());
        }
        Link starved =
                Link.cause(
                        group,
                        "Starved (S1): GROUP_KICK at "
                                + inquiry.at(kick)
                                + " did not move it, since its mask was not idle. A tick looks at"
                                + " the idle list only when slots are left over, and all are taken"
                                + " by groups with work"
                                + groups.nextTick()
                                + ".",
                        kick.seq(),
                        "GROUP_KICK cannot help; the group waits until a slot is free.");
        for (Link holder : groups.slotHolders()) {
            starved = starved.and(holder);
        }
        return starved;
    }

    /// What is to be said of the device while it is suspended.
    String asleep(ObjectId group) {
        return isSuspended()
                ? " The device is suspended since "
                        + inquiry.at(inquiry.facts.suspended())
                        + ", and nothing in flight wakes it (R8): "
                        + group
                        + " waits until it is kicked, or somebody else uses the GPU."
                : " Nobody looks at it by itself" + groups.nextTick() + ".";
    }

    /// Whether the device is suspended, and since when is known.
    boolean isSuspended() {
        return known.text(Known.DEVICE, Belief.KERNEL, "pm_state").equals("suspended")
                && inquiry.facts.suspended() >= 0;
    }

    /// What would bring the group to a slot.
    ///
    /// @param isMarkedIdle whether its mask says that it has no work
    String remedy(boolean isMarkedIdle) {
        if (isSuspended()) {
            return "GROUP_KICK queues a tick, which resumes the device and finds the group "
                    + (isMarkedIdle ? "runnable." : "on the idle list, as slots are free then.");
        }
        return isMarkedIdle
                ? "GROUP_KICK moves it to the runnable list."
                : groups.areSlotsFullOfWork()
                        ? "GROUP_KICK cannot help while all slots are taken by groups with work"
                                + " (S1)."
                        : "GROUP_KICK queues a tick, which takes it from the idle list as slots are"
                                + " free.";
    }
}
