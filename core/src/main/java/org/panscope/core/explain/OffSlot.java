package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.explain.QueueFacts.OfGroup;
import org.panscope.core.explain.QueueFacts.OfQueue;
import org.panscope.core.explain.TraceFacts.Seen;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.UserEvent.InsertWrite;

import java.util.ArrayList;
import java.util.List;

/// Why a group with work has no slot.
final class OffSlot {
    private final Inquiry inquiry;
    private final Known known;
    private final GroupReasons groups;
    private final Rescue rescue;

    OffSlot(Inquiry inquiry) {
        this.inquiry = inquiry;
        known = inquiry.known;
        groups = new GroupReasons(inquiry);
        rescue = new Rescue(inquiry);
    }

    Link explain(ObjectId queue, ObjectId group) {
        OfGroup of = inquiry.facts.queues().group(group);
        OfQueue ofQueue = inquiry.facts.queues().queue(queue);
        Seen<InsertWrite> insert = ofQueue.firstUnread;
        String list = known.text(group, Belief.KERNEL, "list");
        long listed = known.event(group, Belief.KERNEL, "list");
        return switch (list) {
            case "runnable" -> runnable(group, ofQueue, listed);
            case "idle" -> idle(queue, group, of, ofQueue, listed);
            case "stopped" ->
                    Link.waiting(
                            group,
                            group + " is on the list of groups stopped for a reset.",
                            listed);
            case "tick_old", "tick_new" ->
                    Link.running(
                            group, group + " is being placed by a tick that runs now.", listed);
            case "none" ->
                    Link.cause(
                            group,
                            group
                                    + " is neither on a slot nor on a list of the scheduler: no"
                                    + " tick will ever find it.",
                            listed,
                            null);
            default -> unlisted(queue, group, insert);
        };
    }

    private Link unlisted(ObjectId queue, ObjectId group, @Nullable Seen<InsertWrite> insert) {
        Link ring = new LostRing(inquiry).offSlot(group, insert);
        Link unknown =
                Link.unknown(
                        queue,
                        "The trace does not show on which list of the scheduler " + group + " is.",
                        Link.NO_EVENT);
        return ring == null ? unknown : ring;
    }

    private Link runnable(ObjectId group, OfQueue ofQueue, long listed) {
        Seen<InsertWrite> insert = ofQueue.firstUnread;
        Seen<CsStatus> status = ofQueue.status;
        List<Link> behind = new ArrayList<>(groups.slotHolders());
        Link ring = new LostRing(inquiry).offSlot(group, insert);
        if (ring != null && ring.text().startsWith("Foreign")) {
            behind.add(ring);
        }
        return Link.waiting(
                group,
                group
                        + " is runnable: the driver knows of its work"
                        + (status == null || insert == null || insert.seq() > status.seq()
                                ? ""
                                : ", having sampled INSERT "
                                        + status.event().insert()
                                        + " at "
                                        + inquiry.at(status))
                        + ". It waits for a CSG slot"
                        + groups.nextTick()
                        + ".",
                listed,
                behind);
    }

    /// The list of groups the scheduler takes for idle, which it looks at only when slots are free.
    private Link idle(ObjectId queue, ObjectId group, OfGroup of, OfQueue ofQueue, long listed) {
        Seen<InsertWrite> insert = ofQueue.firstUnread;
        Seen<Kick> kick = LostRing.since(of.kick, insert);
        boolean isMarkedIdle = isMarkedIdle(queue, group);
        Link cause = cause(queue, group, of, ofQueue, isMarkedIdle, kick);
        Link ring = new LostRing(inquiry).offSlot(group, insert);
        return Link.waiting(
                group,
                group
                        + " is on the idle list of the scheduler"
                        + (isMarkedIdle
                                ? ", and its mask says that it has no work."
                                : ", though its mask says that it has work."),
                listed,
                ring == null ? cause : ring.before(cause));
    }

    private Link cause(
            ObjectId queue,
            ObjectId group,
            OfGroup of,
            OfQueue ofQueue,
            boolean isMarkedIdle,
            @Nullable Seen<Kick> kick) {
        if (kick != null) {
            return rescue.kicked(group, kick, isMarkedIdle);
        }
        Link sampled = sampled(queue, group, of, ofQueue, isMarkedIdle);
        return new Link(
                sampled.text() + rescue.asleep(group),
                sampled.verdict(),
                sampled.object(),
                sampled.event(),
                rescue.remedy(isMarkedIdle),
                sampled.children());
    }

    private boolean isMarkedIdle(ObjectId queue, ObjectId group) {
        long idle = known.number(group, Belief.KERNEL, "idle_queues", 0);
        return (idle >>> Known.indexOf(queue) & 1) != 0;
    }

    /// How a group with work came to the idle list.
    private Link sampled(
            ObjectId queue, ObjectId group, OfGroup of, OfQueue ofQueue, boolean isMarkedIdle) {
        Seen<CsStatus> status = ofQueue.status;
        Seen<InsertWrite> insert = ofQueue.firstUnread;
        if (status == null || insert == null) {
            return notTold(queue, group, insert);
        }
        if (!isMarkedIdle) {
            return known(group, insert, status);
        }
        if (insert.seq() < status.seq()) {
            return Link.unknown(
                    queue,
                    "The trace does not show why " + queue + " is marked idle.",
                    status.seq());
        }
        var unbind = of.unbind;
        if (unbind != null && unbind.seq() < insert.seq()) {
            return missingKick(queue, group, insert, unbind.seq(), status);
        }
        return Link.cause(
                queue,
                "INSERT "
                        + insert.event().newInsert()
                        + " was stored at "
                        + inquiry.at(insert)
                        + ", after the driver had looked for the last time: at "
                        + inquiry.at(status)
                        + " it sampled INSERT "
                        + status.event().insert()
                        + " = EXTRACT "
                        + status.event().extract()
                        + " and took the queue for idle"
                        + (unbind == null
                                ? "."
                                : "; the slot was taken away at "
                                        + inquiry.at(unbind)
                                        + " (race D4)."),
                insert.seq(),
                null);
    }

    /// A doorbell reaches nobody behind the loss of the slot; ACTIVE says so.
    private Link missingKick(
            ObjectId queue,
            ObjectId group,
            Seen<InsertWrite> insert,
            long unbound,
            Seen<CsStatus> status) {
        boolean isInactive =
                Long.valueOf(0).equals(known.number(queue, Belief.MEMORY, "active"))
                        || "false".equals(known.text(queue, Belief.MEMORY, "active"));
        return Link.cause(
                queue,
                "Missing GROUP_KICK: "
                        + group
                        + " had lost its slot at "
                        + inquiry.at(unbound)
                        + ", idle (sampled INSERT "
                        + status.event().insert()
                        + " = EXTRACT "
                        + status.event().extract()
                        + " at "
                        + inquiry.at(status)
                        + "), before INSERT "
                        + insert.event().newInsert()
                        + " was stored at "
                        + inquiry.at(insert)
                        + "."
                        + (isInactive
                                ? " ACTIVE is 0 in memory, which tells an application to kick."
                                : ""),
                insert.seq(),
                null);
    }

    /// The driver saw the work, and put the group on the idle list all the same.
    private Link known(ObjectId group, Seen<InsertWrite> insert, Seen<CsStatus> status) {
        long begun = inquiry.facts.suspendBegun();
        boolean isInSuspend = begun >= 0 && begun < status.seq() && rescue.isSuspended();
        return Link.cause(
                group,
                "INSERT "
                        + insert.event().newInsert()
                        + " was stored at "
                        + inquiry.at(insert)
                        + (isInSuspend && insert.seq() > begun
                                ? ", while the runtime suspend begun at "
                                        + inquiry.at(begun)
                                        + " was going on"
                                : "")
                        + ". The suspension sampled INSERT "
                        + status.event().insert()
                        + " and EXTRACT "
                        + status.event().extract()
                        + " at "
                        + inquiry.at(status)
                        + ": the driver knew of the work, and put the group on the idle list all"
                        + " the same, as it does with every group it suspends (S1).",
                status.seq(),
                null);
    }

    /// A group that was never on a slot, or whose INSERT nobody saw.
    private Link notTold(ObjectId queue, ObjectId group, @Nullable Seen<InsertWrite> insert) {
        if (insert == null) {
            return Link.unknown(
                    queue, "The trace does not show when INSERT was stored.", Link.NO_EVENT);
        }
        return Link.cause(
                group,
                group
                        + " has not been on a slot since INSERT "
                        + insert.event().newInsert()
                        + " was stored at "
                        + inquiry.at(insert)
                        + ", "
                        + inquiry.ago(insert.timeNs())
                        + " ago, and GROUP_KICK was not called.",
                insert.seq(),
                null);
    }
}
