package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.explain.QueueFacts.OfGroup;
import org.panscope.core.explain.QueueFacts.OfQueue;
import org.panscope.core.explain.TraceFacts.Seen;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.InsertWrite;

/// Where the doorbell store went that should have told of new work (D1, D2, D3 of the RFC's races).
final class LostRing {
    private static final String KICK_RINGS =
            "GROUP_KICK rings the real doorbell of a group that is on a slot.";

    private final Inquiry inquiry;

    LostRing(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /// Why the firmware has not looked at the ring of a group that is on a slot.
    Link onSlot(ObjectId queue, ObjectId group, long slot) {
        OfGroup of = inquiry.facts.queues().group(group);
        OfQueue ofQueue = inquiry.facts.queues().queue(queue);
        Seen<InsertWrite> insert = ofQueue.firstUnread;
        Seen<DbRing> ring = since(of.ring, insert);
        Seen<Kick> kick = since(of.kick, insert);
        Seen<Bind> bind = since(of.bind, insert);
        if (bind != null && !QueueFacts.isAfter(ring, bind)) {
            return Link.waiting(
                    group,
                    group
                            + " got slot "
                            + slot
                            + " at "
                            + inquiry.at(bind)
                            + ", "
                            + inquiry.ago(bind.timeNs())
                            + " ago; the firmware has not started it yet.",
                    bind.seq(),
                    new Firmware(inquiry).explain(slot));
        }
        if (ring == null) {
            return kick != null ? kicked(group, kick) : notRung(queue, group, insert);
        }
        DbRing store = ring.event();
        if (store.page() == DoorbellPage.DUMMY) {
            return dummy(group, slot, of, ring);
        }
        Long target = store.targetGid();
        if (target != null && !group.key().equals(target.toString())) {
            return foreign(group, of, ring, target);
        }
        if (target == null && store.page() == DoorbellPage.REAL) {
            return nobody(group, of, ring);
        }
        return Link.waiting(
                group,
                "The doorbell of slot "
                        + slot
                        + " was rung "
                        + inquiry.ago(ring.timeNs())
                        + " ago, at "
                        + inquiry.at(ring)
                        + "; the firmware has not looked yet.",
                ring.seq(),
                new Firmware(inquiry).explain(slot));
    }

    /// What became of the ring for work of a group that is on no slot, or null when none was rung.
    @Nullable Link offSlot(ObjectId group, @Nullable Seen<InsertWrite> insert) {
        OfGroup of = inquiry.facts.queues().group(group);
        Seen<DbRing> ring = since(of.ring, insert);
        if (ring == null) {
            return null;
        }
        DbRing store = ring.event();
        Long target = store.targetGid();
        if (store.page() == DoorbellPage.DUMMY) {
            return Link.waiting(
                    group,
                    "Lost ring: the doorbell store at "
                            + inquiry.at(ring)
                            + " hit the dummy page, as "
                            + group
                            + " has no slot. Nobody hears it, and it does not wake the device.",
                    ring.seq());
        }
        if (target == null && store.page() == DoorbellPage.REAL) {
            return nobody(group, of, ring);
        }
        if (target != null && !group.key().equals(target.toString())) {
            return foreign(group, of, ring, target);
        }
        return Link.waiting(
                group,
                "Lost ring: the doorbell store at "
                        + inquiry.at(ring)
                        + " still hit doorbell "
                        + store.doorbellId()
                        + " of "
                        + group
                        + ", whose command stream was suspended already: nothing looked at INSERT.",
                ring.seq());
    }

    private Link notRung(ObjectId queue, ObjectId group, @Nullable Seen<InsertWrite> insert) {
        String since =
                insert == null
                        ? ""
                        : " since INSERT "
                                + insert.event().newInsert()
                                + " was stored at "
                                + inquiry.at(insert)
                                + ", "
                                + inquiry.ago(insert.timeNs())
                                + " ago";
        return Link.cause(
                queue,
                "No doorbell was rung for "
                        + group
                        + " and GROUP_KICK was not called"
                        + since
                        + ".",
                insert == null ? Link.NO_EVENT : insert.seq(),
                "The application has to store to its doorbell page.");
    }

    private Link kicked(ObjectId group, Seen<Kick> kick) {
        return Link.waiting(
                group,
                "GROUP_KICK was called at "
                        + inquiry.at(kick)
                        + ", "
                        + inquiry.ago(kick.timeNs())
                        + " ago; the firmware has not looked yet.",
                kick.seq());
    }

    private Link dummy(ObjectId group, long slot, OfGroup of, Seen<DbRing> ring) {
        Seen<DbFault> fault = of.pageFault;
        var bind = of.bind;
        String why =
                fault != null
                                && bind != null
                                && fault.seq() > bind.seq()
                                && fault.event().idReadNs() <= bind.timeNs()
                        ? " The page fault had read the doorbell id of a group without a slot at @"
                                + fault.event().idReadNs()
                                + "ns, "
                                + group
                                + " was bound to slot "
                                + slot
                                + " at "
                                + inquiry.at(bind)
                                + ", where there was no page to zap yet, and the dummy page was"
                                + " inserted at "
                                + inquiry.at(fault)
                                + " (race D1)."
                        : fault != null && bind != null && fault.seq() < bind.seq()
                                ? " The dummy page was mapped at "
                                        + inquiry.at(fault)
                                        + ", before the group got its slot at "
                                        + inquiry.at(bind)
                                        + "."
                                : " The trace does not show how the dummy page came to be mapped.";
        return Link.cause(
                group,
                "Lost ring: "
                        + group
                        + " is on slot "
                        + slot
                        + ", and the doorbell store at "
                        + inquiry.at(ring)
                        + " hit the dummy page, where nobody hears it."
                        + why,
                ring.seq(),
                KICK_RINGS);
    }

    private Link foreign(ObjectId group, OfGroup of, Seen<DbRing> ring, long target) {
        return Link.cause(
                group,
                "Foreign ring: the doorbell store at "
                        + inquiry.at(ring)
                        + " was meant for "
                        + group
                        + " and hit doorbell "
                        + ring.event().doorbellId()
                        + ", which was group:"
                        + target
                        + "'s by then."
                        + staleReal(group, of),
                ring.seq(),
                "The stale page stays until the next zap; GROUP_KICK in place of the doorbell"
                        + " reaches the group itself.");
    }

    private Link nobody(ObjectId group, OfGroup of, Seen<DbRing> ring) {
        var warning = of.ringWarning;
        String error =
                warning == null
                        ? " Nothing was bound to that doorbell."
                        : " It ended in: " + warning.event().text() + ".";
        return Link.cause(
                group,
                "Lost ring: the doorbell store at "
                        + inquiry.at(ring)
                        + " hit the real page of doorbell "
                        + ring.event().doorbellId()
                        + ", where no group was bound any more."
                        + error
                        + staleReal(group, of),
                ring.seq(),
                warning == null
                        ? "GROUP_KICK brings the group back to a slot."
                        : "GROUP_KICK resumes the device and brings the group back to a slot.");
    }

    /// How a real doorbell page outlived the slot it stood for (D2, D3).
    private String staleReal(ObjectId group, OfGroup of) {
        Seen<DbFault> fault = of.pageFault;
        var unbind = of.unbind;
        if (fault == null
                || unbind == null
                || fault.seq() < unbind.seq()
                || fault.event().idReadNs() > unbind.timeNs()) {
            return "";
        }
        boolean isOff =
                inquiry.facts.suspended() > unbind.seq() && inquiry.facts.suspended() < fault.seq();
        return " The page fault had read doorbell id "
                + fault.event().doorbellId()
                + " at @"
                + fault.event().idReadNs()
                + "ns, "
                + group
                + " lost its slot at "
                + inquiry.at(unbind)
                + (isOff
                        ? ", the device its power at " + inquiry.at(inquiry.facts.suspended())
                        : "")
                + ", and the real page was inserted after that, at "
                + inquiry.at(fault)
                + (isOff ? " (race D3)." : " (race D2).");
    }

    /// An event, unless it was before the INSERT it should tell of.
    static <T> @Nullable Seen<T> since(
            @Nullable Seen<T> event, @Nullable Seen<InsertWrite> insert) {
        return event != null && (insert == null || event.seq() > insert.seq()) ? event : null;
    }
}
