package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.explain.QueueFacts.OfGroup;
import org.panscope.core.explain.TraceFacts.Seen;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.view.ExceptionCode;
import org.panscope.trace.event.FirmwareEvent.Fault;

/// What killed a group.
final class DeadGroup {
    private final Inquiry inquiry;
    private final Known known;

    DeadGroup(Inquiry inquiry) {
        this.inquiry = inquiry;
        known = inquiry.known;
    }

    /// The reason why the group can never run again, or null when it can.
    @Nullable Link explain(ObjectId group) {
        OfGroup of = inquiry.facts.queues().group(group);
        boolean isFatal = known.number(group, Belief.KERNEL, "fatal_queues", 0) != 0;
        boolean isTimedOut = known.isTrue(group, Belief.KERNEL, "timed_out");
        boolean isTerminated = known.text(group, Belief.KERNEL, "state").equals("TERMINATED");
        boolean isDestroyed = known.isTrue(group, Belief.KERNEL, "destroyed");
        if (!isFatal && !isTimedOut && !isTerminated && !isDestroyed) {
            return null;
        }
        Seen<Fault> fault = of.fault;
        String cause;
        long event;
        if (fault != null && (isFatal || (isTerminated && !isTimedOut))) {
            cause = faultText(fault.event()) + " at " + inquiry.at(fault) + backwards(group, fault);
            event = fault.seq();
        } else if (of.progressTimer != null && isTimedOut) {
            cause =
                    "the firmware's progress timer ran out at "
                            + inquiry.at(of.progressTimer)
                            + ": nothing the group started made progress";
            event = of.progressTimer.seq();
        } else if (isTimedOut) {
            event = known.event(group, Belief.KERNEL, "timed_out");
            cause =
                    "the driver marked it as timed out at "
                            + inquiry.at(event)
                            + ": a job ran too"
                            + " long, or the group did not let itself be suspended or terminated"
                            + lastReset();
        } else if (isDestroyed) {
            event = known.event(group, Belief.KERNEL, "destroyed");
            cause = "GROUP_DESTROY took its handle away at " + inquiry.at(event);
        } else {
            event = known.event(group, Belief.KERNEL, isFatal ? "fatal_queues" : "state");
            cause = "the driver marked it as fatal at " + inquiry.at(event) + lastReset();
        }
        return Link.cause(
                group,
                group + " is dead: " + cause + "." + settled(group, of),
                event,
                "GROUP_KICK does nothing for it; the application has to create a new group and"
                        + " submit again.");
    }

    private static String faultText(Fault fault) {
        String where =
                switch (fault.kind()) {
                    case MMU_FAULT -> "MMU fault at 0x" + Long.toHexString(fault.info());
                    case CS_FATAL -> "CS_FATAL";
                    case CS_FAULT -> "CS_FAULT";
                };
        String name = ExceptionCode.name(fault.exception());
        return where
                + " 0x"
                + Integer.toHexString(fault.exception())
                + (name == null ? "" : " " + name);
    }

    private String backwards(ObjectId group, Seen<Fault> fault) {
        for (ObjectId queue : known.queuesOf(group)) {
            var back = inquiry.facts.queues().queue(queue).backwards;
            if (back != null && back.seq() < fault.seq()) {
                return ", after the application had moved INSERT of "
                        + queue
                        + " backwards, to "
                        + back.event().newInsert()
                        + ", at "
                        + inquiry.at(back);
            }
        }
        return "";
    }

    private String lastReset() {
        long reset = known.event(Known.DEVICE, Belief.KERNEL, "reset_step");
        return reset < 0
                ? ""
                : "; the last reset was for: "
                        + known.text(Known.DEVICE, Belief.KERNEL, "reset_reason");
    }

    /// What the driver did for those who wait for it.
    private String settled(ObjectId group, OfGroup of) {
        var term = of.term;
        if (term == null) {
            return " The driver has not terminated it yet.";
        }
        boolean isUser = known.isTrue(group, Belief.KERNEL, "user_submit");
        int written = term.event().syncobjsWritten();
        return written == 0 && isUser
                ? " Its termination at "
                        + inquiry.at(term)
                        + " wrote none of the sync objects it owed and no eventfd (R16): who waits"
                        + " for them is not told."
                : " Its termination at "
                        + inquiry.at(term)
                        + " ended "
                        + term.event().jobsErrored()
                        + " jobs with an error and wrote "
                        + written
                        + " sync objects.";
    }
}
