package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.explain.QueueFacts.OfQueue;
import org.panscope.core.explain.TraceFacts.Seen;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.UserEvent.InsertWrite;

/// Why a queue does not execute.
final class QueueReasons {
    /// CS_STATUS_BLOCKED_REASON; Mesa: decode_csf.c, panthor_fw.h
    private static final int SB_WAIT = 1;

    private static final int PROGRESS_WAIT = 2;
    private static final int SYNC_WAIT = 3;
    private static final int DEFERRED = 4;
    private static final int RESOURCE = 5;
    private static final int FLUSH = 6;

    private final Inquiry inquiry;
    private final Known known;

    QueueReasons(Inquiry inquiry) {
        this.inquiry = inquiry;
        known = inquiry.known;
    }

    Link explain(ObjectId id) {
        ObjectId group = Known.groupOf(id);
        Link dead = new DeadGroup(inquiry).explain(group);
        if (dead != null) {
            return Link.waiting(
                    id, id + " never runs again: its group is dead.", Link.NO_EVENT, dead);
        }
        Link unusable = new VmReasons(inquiry).unusable(group);
        if (unusable != null) {
            return Link.waiting(id, id + " cannot run.", Link.NO_EVENT, unusable);
        }
        Link job = new JobReasons(inquiry).firstOf(id);
        Work work = Work.of(known, id);
        Link now = work == null ? null : withFirmware(now(id, group, work), group);
        if (now == null) {
            return job != null ? job : withoutProgress(id);
        }
        return job == null || now.verdict() == Verdict.RUNNING
                ? now
                : now.verdict() == Verdict.DONE
                        ? Link.waiting(
                                id,
                                id + " has executed all that is in its ring.",
                                Link.NO_EVENT,
                                job)
                        : now;
    }

    private Link withoutProgress(ObjectId id) {
        Long insert = known.number(id, Belief.APPLICATION, "insert");
        return insert == null
                ? Link.unknown(
                        id,
                        "The trace does not show INSERT and EXTRACT of " + id + ".",
                        Link.NO_EVENT)
                : Link.unknown(
                        id,
                        "INSERT of "
                                + id
                                + " is "
                                + insert
                                + " as far as the application knows; the trace does not show its"
                                + " EXTRACT.",
                        known.event(id, Belief.APPLICATION, "insert"));
    }

    /// What runs on a slot may still be a picture that the firmware has stopped to renew.
    private Link withFirmware(Link now, ObjectId group) {
        long slot = known.number(group, Belief.KERNEL, "slot", -1);
        Link owed =
                now.verdict() == Verdict.RUNNING && slot >= 0
                        ? new Firmware(inquiry).owes(slot, Firmware.SLOW_ANSWER_NS)
                        : null;
        return owed == null ? now : now.and(owed);
    }

    /// How far a ring has come.
    ///
    /// @param insert INSERT in memory
    /// @param read INSERT as the firmware read it last, or null when it never did
    /// @param extract what has been executed
    record Work(long insert, @Nullable Long read, long extract) {
        static @Nullable Work of(Known known, ObjectId id) {
            Long insert = known.any(id, "insert", Belief.MEMORY, Belief.APPLICATION, Belief.KERNEL);
            Long extract =
                    known.any(
                            id,
                            "extract",
                            Belief.FIRMWARE,
                            Belief.MEMORY,
                            Belief.KERNEL,
                            Belief.APPLICATION);
            return insert == null || extract == null
                    ? null
                    : new Work(insert, known.number(id, Belief.FIRMWARE, "insert"), extract);
        }

        boolean isDone() {
            return insert == extract;
        }

        long bytes() {
            return insert - extract;
        }
    }

    private Link now(ObjectId id, ObjectId group, Work work) {
        long slot = known.number(group, Belief.KERNEL, "slot", -1);
        String state = known.text(id, Belief.FIRMWARE, "state");
        boolean blockedAtSync =
                known.number(id, Belief.FIRMWARE, "blocked_reason", 0) == SYNC_WAIT
                        && (state.equals("blocked") || isBlockedForKernel(id, slot));
        if (blockedAtSync) {
            return blockedAtSync(id, slot);
        }
        if (slot >= 0 && state.equals("blocked")) {
            return blocked(id, slot);
        }
        if (slot >= 0 && state.equals("executing")) {
            return Link.running(
                    id,
                    id + " is running: the firmware executes it on slot " + slot + progress(work),
                    known.event(id, Belief.FIRMWARE, "state"));
        }
        if (work.isDone()) {
            return nothingToDo(id, work);
        }
        if (known.cell(group, Belief.KERNEL, "slot") == null) {
            return sampled(id, work);
        }
        Link reset = new GroupReasons(inquiry).reset();
        String amount =
                id
                        + " has "
                        + work.bytes()
                        + " bytes of work and does not run: INSERT is "
                        + work.insert()
                        + " in memory, EXTRACT is "
                        + work.extract();
        if (reset != null) {
            return Link.waiting(id, amount + ".", insertEvent(id), reset);
        }
        if (slot < 0) {
            return Link.waiting(
                    id,
                    amount + ", and its group has no slot.",
                    insertEvent(id),
                    new OffSlot(inquiry).explain(id, group));
        }
        Long read = work.read();
        if (read != null && read == work.insert()) {
            return state.equals("started")
                    ? Link.running(
                            id,
                            id + " has just been started on slot " + slot + ".",
                            known.event(id, Belief.FIRMWARE, "state"))
                    : Link.waiting(
                            id, amount + ".", insertEvent(id), new Firmware(inquiry).explain(slot));
        }
        return Link.waiting(
                id,
                amount
                        + "; its group is on slot "
                        + slot
                        + ", where the firmware has "
                        + (read == null ? "not read INSERT yet." : "read INSERT " + read + "."),
                insertEvent(id),
                new LostRing(inquiry).onSlot(id, group, slot));
    }

    /// Work of which only the application's markers tell, as in a capture of a board.
    private Link sampled(ObjectId id, Work work) {
        long sample = known.event(id, Belief.APPLICATION, "extract");
        return Link.unknown(
                id,
                id
                        + " has "
                        + work.bytes()
                        + " bytes of work: as far as the application knows, INSERT is "
                        + work.insert()
                        + ", and it saw EXTRACT "
                        + work.extract()
                        + (sample == Link.NO_EVENT ? "" : " at " + inquiry.at(sample))
                        + ". The trace shows neither its slot nor what the firmware does.",
                known.event(id, Belief.APPLICATION, "insert"));
    }

    /// Off its slot the firmware's last word holds until it is resumed, and the driver keeps the
    /// queue on its waiting list.
    private boolean isBlockedForKernel(ObjectId id, long slot) {
        return slot < 0
                && known.isTrue(id, Belief.KERNEL, "blocked")
                && known.text(id, Belief.FIRMWARE, "state").equals("suspended");
    }

    private Link blockedAtSync(ObjectId id, long slot) {
        ObjectId vm = new VmReasons(inquiry).of(Known.groupOf(id));
        Long va = known.any(id, "wait_va", Belief.FIRMWARE, Belief.KERNEL);
        Long ref = known.any(id, "wait_ref", Belief.FIRMWARE, Belief.KERNEL);
        long event = known.event(id, Belief.FIRMWARE, "wait_va");
        String where = slot >= 0 ? "on slot " + slot : "off its slot";
        if (vm == null || va == null || ref == null) {
            return Link.unknown(
                    id, id + " is blocked at a SYNC_WAIT; the trace does not show on what.", event);
        }
        boolean gt =
                known.isTrue(id, Belief.FIRMWARE, "wait_gt")
                        || known.isTrue(id, Belief.KERNEL, "wait_gt");
        SyncReasons.Waiter waiter =
                slot >= 0 ? SyncReasons.Waiter.FIRMWARE : SyncReasons.Waiter.KERNEL;
        SyncReasons.Condition condition = new SyncReasons.Condition(gt, ref, is64(id) ? 8 : 4);
        ObjectId sync = ObjectId.sync(Long.parseLong(vm.key()), va);
        String text =
                id
                        + " is blocked at a SYNC_WAIT, "
                        + where
                        + ": 0x"
                        + Long.toHexString(va)
                        + " has to become "
                        + condition
                        + ". No timer watches a user queue that waits.";
        if (known.text(id, Belief.KERNEL, "mode").equals("kernel")) {
            text =
                    id
                            + " is blocked at a SYNC_WAIT, "
                            + where
                            + ": 0x"
                            + Long.toHexString(va)
                            + " has to become "
                            + condition
                            + ".";
        }
        return Link.waiting(
                id, text, event, new SyncReasons(inquiry).waited(sync, condition, waiter, id));
    }

    private boolean is64(ObjectId id) {
        return known.isTrue(id, Belief.FIRMWARE, "wait_64")
                || known.isTrue(id, Belief.KERNEL, "wait_64");
    }

    private Link blocked(ObjectId id, long slot) {
        long reason = known.number(id, Belief.FIRMWARE, "blocked_reason", 0);
        long event = known.event(id, Belief.FIRMWARE, "blocked_reason");
        String on =
                switch ((int) reason) {
                    case SB_WAIT -> "waits for scoreboard slots, that is for jobs it has started";
                    case DEFERRED -> "waits for deferred instructions it has issued";
                    case FLUSH -> "waits for a cache flush it has issued";
                    case RESOURCE -> "";
                    case PROGRESS_WAIT -> "waits for the progress counter of a queue";
                    default -> "is blocked for reason " + reason;
                };
        if (reason == RESOURCE) {
            return Link.waiting(
                    id,
                    id
                            + " waits on slot "
                            + slot
                            + " for shader cores or the tiler it has requested.",
                    event,
                    new GroupReasons(inquiry).holders(id));
        }
        return reason == SB_WAIT || reason == DEFERRED || reason == FLUSH
                ? Link.running(id, id + " is running on slot " + slot + ": it " + on + ".", event)
                : Link.unknown(id, id + " on slot " + slot + " " + on + ".", event);
    }

    private Link nothingToDo(ObjectId id, Work work) {
        long written =
                Math.max(
                        known.number(id, Belief.APPLICATION, "written", 0),
                        known.number(id, Belief.KERNEL, "written", 0));
        OfQueue facts = inquiry.facts.queues().queue(id);
        if (written > work.insert()) {
            return Link.cause(
                    id,
                    id
                            + " has nothing to do: the "
                            + (written - work.insert())
                            + " bytes behind INSERT "
                            + work.insert()
                            + " are written, and INSERT was not moved.",
                    known.event(id, Belief.APPLICATION, "written"),
                    "Store INSERT " + written + ", then ring the doorbell or call GROUP_KICK.");
        }
        var late = facts.late;
        String note =
                late == null
                        ? ""
                        : " Its words at "
                                + late.event().at()
                                + " were stored at "
                                + inquiry.at(late)
                                + ", when INSERT had announced them already.";
        return Link.done(
                id,
                id + " is idle: everything up to INSERT " + work.insert() + " is executed." + note,
                known.cell(id, Belief.FIRMWARE, "extract") == null
                        ? known.event(id, Belief.APPLICATION, "extract")
                        : known.event(id, Belief.FIRMWARE, "extract"));
    }

    private String progress(Work work) {
        return ", " + work.extract() + " of " + work.insert() + " bytes are done.";
    }

    /// The event that announced the work: the first INSERT the firmware has not read.
    private long insertEvent(ObjectId id) {
        Seen<InsertWrite> first = inquiry.facts.queues().queue(id).firstUnread;
        return first == null ? known.event(id, Belief.MEMORY, "insert") : first.seq();
    }
}
