package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.explain.QueueReasons.Work;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;

import java.util.ArrayList;
import java.util.List;

/// Why a group does not run: its queues, its slot, and who has the slots.
final class GroupReasons {
    private final Inquiry inquiry;
    private final Known known;

    GroupReasons(Inquiry inquiry) {
        this.inquiry = inquiry;
        known = inquiry.known;
    }

    Link explain(ObjectId id) {
        Link dead = new DeadGroup(inquiry).explain(id);
        if (dead != null) {
            return Link.waiting(id, id + " is dead.", Link.NO_EVENT, dead);
        }
        List<Link> queues = known.queuesOf(id).stream().map(inquiry::about).toList();
        boolean isSlotKnown = known.cell(id, Belief.KERNEL, "slot") != null;
        boolean runs = queues.stream().anyMatch(link -> link.verdict() == Verdict.RUNNING);
        boolean isDone =
                !queues.isEmpty()
                        && queues.stream().allMatch(link -> link.verdict() == Verdict.DONE);
        Verdict waits = isSlotKnown ? Verdict.WAITING : Verdict.UNKNOWN;
        return new Link(
                id
                        + where(id)
                        + (queues.size() == 1
                                ? ", with one queue."
                                : ", with " + queues.size() + " queues."),
                runs ? Verdict.RUNNING : isDone ? Verdict.DONE : waits,
                id,
                known.event(id, Belief.KERNEL, "slot"),
                null,
                queues);
    }

    private String where(ObjectId id) {
        if (known.cell(id, Belief.KERNEL, "slot") == null) {
            return " (the trace does not show its slot)";
        }
        long slot = known.number(id, Belief.KERNEL, "slot", -1);
        if (slot >= 0) {
            return " is on slot " + slot;
        }
        String list = known.text(id, Belief.KERNEL, "list");
        return " has no slot" + (list.isEmpty() ? "" : " and is on the list " + list);
    }

    /// Who has a slot.
    Link slot(ObjectId id) {
        Long gid = known.number(id, Belief.KERNEL, "group");
        return gid == null
                ? Link.done(id, id + " is free.", Link.NO_EVENT)
                : Link.waiting(
                        id,
                        id + " is group:" + gid + "'s.",
                        known.event(id, Belief.KERNEL, "group"),
                        inquiry.about(ObjectId.of("group", gid)));
    }

    /// The reset that keeps everything from running, or null.
    @Nullable Link reset() {
        if (!known.isTrue(Known.DEVICE, Belief.KERNEL, "reset_in_progress")) {
            return null;
        }
        long event = known.event(Known.DEVICE, Belief.KERNEL, "reset_in_progress");
        return Link.cause(
                Known.DEVICE,
                "A reset of the GPU is in progress since "
                        + inquiry.at(event)
                        + ", step "
                        + known.text(Known.DEVICE, Belief.KERNEL, "reset_step")
                        + "; it was scheduled for: "
                        + known.text(Known.DEVICE, Belief.KERNEL, "reset_reason")
                        + ".",
                event,
                "Groups that are fit to run are placed again when it is over.");
    }

    /// The groups on slots, each with what it does.
    List<Link> slotHolders() {
        List<Link> holders = new ArrayList<>();
        for (ObjectState slot : known.ofKind("slot")) {
            Long gid = known.number(slot.id(), Belief.KERNEL, "group");
            if (gid == null) {
                continue;
            }
            ObjectId group = ObjectId.of("group", gid);
            Long priority = known.number(group, Belief.KERNEL, "priority");
            String doing = doing(group);
            holders.add(
                    new Link(
                            group
                                    + (priority == null ? "" : " of priority " + priority)
                                    + " has "
                                    + slot.id()
                                    + " "
                                    + doing
                                    + ".",
                            doing.startsWith("and runs") ? Verdict.RUNNING : Verdict.WAITING,
                            group,
                            known.event(slot.id(), Belief.KERNEL, "group"),
                            null,
                            List.of()));
        }
        return holders;
    }

    private String doing(ObjectId group) {
        boolean hasWork = false;
        boolean isBlocked = false;
        for (ObjectId queue : known.queuesOf(group)) {
            Work work = Work.of(known, queue);
            hasWork |= work != null && !work.isDone();
            isBlocked |=
                    known.text(queue, Belief.FIRMWARE, "state").equals("blocked")
                            && known.number(queue, Belief.FIRMWARE, "blocked_reason", 0) == 3;
        }
        return !hasWork ? "and is idle" : isBlocked ? "and waits for a sync object" : "and runs";
    }

    /// Whether every slot the trace knows of is taken by a group with work.
    boolean areSlotsFullOfWork() {
        List<Link> holders = slotHolders();
        long slots =
                known.ofKind("iface").stream()
                        .filter(iface -> iface.id().key().matches("CSG[0-9]+"))
                        .filter(iface -> iface.get(Belief.FIRMWARE, "input_va") != null)
                        .count();
        return !holders.isEmpty()
                && holders.size() >= slots
                && holders.stream().noneMatch(link -> link.text().endsWith("and is idle."));
    }

    /// When the scheduler looks at its lists next: `; the next full tick is due at ...`.
    String nextTick() {
        Cell target = known.cell(Known.DEVICE, Belief.KERNEL, "resched_target");
        boolean isPending = known.isTrue(new ObjectId("work", "tick"), Belief.KERNEL, "pending");
        return isPending
                ? "; a tick is queued"
                : known.isTrue(new ObjectId("work", "tick"), Belief.KERNEL, "running")
                        ? "; a tick runs now"
                        : target == null
                                ? ""
                                : target.value() instanceof Long due
                                        ? "; the next full tick is due at @" + due + "ns"
                                        : "; no tick is due";
    }

    /// Who holds endpoints that a queue has requested.
    List<Link> holders(ObjectId queue) {
        List<Link> holders = new ArrayList<>();
        for (ObjectState stream : known.ofKind("cs")) {
            for (String kind : new String[] {"compute", "fragment", "tiler"}) {
                if (!known.text(stream.id(), Belief.FIRMWARE, kind).equals("granted")) {
                    continue;
                }
                ObjectId holder = queueOn(stream.id());
                if (holder == null || !holder.equals(queue)) {
                    holders.add(
                            Link.running(
                                    holder == null ? stream.id() : holder,
                                    (holder == null ? stream.id() : holder)
                                            + " holds the "
                                            + kind
                                            + " endpoints.",
                                    known.event(stream.id(), Belief.FIRMWARE, kind)));
                }
            }
        }
        return holders;
    }

    private @Nullable ObjectId queueOn(ObjectId stream) {
        int dot = stream.key().indexOf('.');
        Long gid =
                known.number(
                        new ObjectId("slot", stream.key().substring(0, dot)),
                        Belief.KERNEL,
                        "group");
        return gid == null ? null : new ObjectId("queue", gid + stream.key().substring(dot));
    }
}
