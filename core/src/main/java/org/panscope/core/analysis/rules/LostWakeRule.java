package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.KickBranch;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.UserEvent.Writer;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// I12. Bounded wake-up. A finding says which way the wake-up was lost.
final class LostWakeRule extends Rule {
    private final Map<ObjectId, Pending> pending = new LinkedHashMap<>();

    /// Work that was announced and not fetched.
    private static final class Pending {
        final QueueFacts queue;
        final long insertSeq;
        final long sinceNs;
        long wanted;
        long dueNs;
        boolean isReported;
        long ringSeq = -1;
        @Nullable DbRing ring;
        boolean wasOnSlotAtRing;
        long kickSeq = -1;
        @Nullable Kick kick;

        Pending(QueueFacts queue, Moment moment) {
            this.queue = queue;
            this.insertSeq = moment.seq();
            this.sinceNs = moment.timeNs();
            this.dueNs = sinceNs + Machine.WAKE_NS;
        }
    }

    LostWakeRule() {
        super(
                new RuleInfo(
                        "I12",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "What an INSERT store announces is fetched within 20 ms, or its group"
                                + " waits for a slot, or its queue is blocked on a sync object.",
                        List.of(
                                InsertWrite.class,
                                FwCs.class,
                                DbRing.class,
                                Kick.class,
                                GroupList.class),
                        "INSERT stores nobody recorded"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case InsertWrite insert when insert.by() == Writer.USER ->
                    announced(insert, moment, machine);
            case DbRing ring when ring.by() == Ringer.USER_PAGE -> rung(ring, moment);
            case Kick kick -> kicked(kick, moment);
            case FwCs cs -> served(machine.queueAt(cs.csg(), cs.cs()));
            default -> {}
        }
    }

    private void announced(InsertWrite insert, Moment moment, Machine machine) {
        QueueFacts queue = machine.queue(insert.gid(), insert.queue());
        if (queue == null || !queue.group.isUserSubmit || !queue.hasWork()) {
            return;
        }
        Pending one = pending.computeIfAbsent(queue.id(), id -> new Pending(queue, moment));
        one.wanted = insert.newInsert();
        wakeBy(one.dueNs);
    }

    private void rung(DbRing ring, Moment moment) {
        Integer index = ring.intendedQueue();
        for (Pending one : pending.values()) {
            GroupFacts group = one.queue.group;
            if (Long.valueOf(group.gid).equals(ring.intendedGid())
                    && (index == null || index == one.queue.index)) {
                one.ring = ring;
                one.ringSeq = moment.seq();
                one.wasOnSlotAtRing = group.isOnSlot();
            }
        }
    }

    private void kicked(Kick kick, Moment moment) {
        for (Pending one : pending.values()) {
            if (Long.valueOf(one.queue.group.gid).equals(kick.gid())) {
                one.kick = kick;
                one.kickSeq = moment.seq();
            }
        }
    }

    private void served(@Nullable QueueFacts queue) {
        Pending one = queue == null ? null : pending.get(queue.id());
        if (one != null && Long.compareUnsigned(one.queue.fetched, one.wanted) >= 0) {
            pending.remove(one.queue.id());
        }
    }

    @Override
    public void wake(long nowNs, long seq, Machine machine) {
        for (Iterator<Pending> all = pending.values().iterator(); all.hasNext(); ) {
            Pending one = all.next();
            if (!one.queue.group.canRun()) {
                all.remove();
            } else if (nowNs >= one.dueNs) {
                one.dueNs = nowNs + Machine.WAKE_NS;
                judge(one, seq, nowNs, machine);
            }
            wakeBy(one.dueNs);
        }
    }

    @Override
    public void end(long lastSeq, Machine machine) {
        if (machine.isAtRest) {
            for (Pending one : pending.values()) {
                if (one.queue.group.canRun()) {
                    judge(one, lastSeq, machine.nowNs, machine);
                }
            }
        }
    }

    private void judge(Pending one, long seq, long nowNs, Machine machine) {
        QueueFacts queue = one.queue;
        boolean isBusy = queue.isRunning && queue.extract != queue.fetched;
        boolean waitsForSlot =
                switch (queue.group.list) {
                    case RUNNABLE, TICK_OLD, TICK_NEW, STOPPED -> !machine.isAtRest;
                    default -> false;
                };
        boolean waitsForJob = one.kick != null && one.kick.branch() == KickBranch.NEEDS_JOB;
        if (one.isReported
                || isBusy
                || waitsForSlot
                || waitsForJob
                || queue.wait != null
                || machine.isResetting) {
            return;
        }
        one.isReported = true;
        report(
                List.of(queue.id(), queue.group.id()),
                "INSERT of "
                        + queue.title()
                        + " went to "
                        + one.wanted
                        + " and the firmware did not fetch it within "
                        + Texts.duration(nowNs - one.sinceNs)
                        + ": "
                        + why(one)
                        + ".",
                one.insertSeq,
                one.ringSeq,
                one.kickSeq,
                seq);
    }

    private static String place(GroupFacts group) {
        if (group.isOnSlot()) {
            return "";
        }
        String list = "; the group is off slot on list " + group.list.label();
        return switch (group.list) {
            case IDLE -> list + (group.isIdle() ? "" : " although it is not idle (S1)");
            case RUNNABLE -> list + " and no tick picks it";
            default -> list;
        };
    }

    private static String why(Pending one) {
        GroupFacts group = one.queue.group;
        DbRing ring = one.ring;
        String where = place(group);
        if (one.kickSeq > one.ringSeq && one.kick != null) {
            KickBranch branch = one.kick.branch();
            return "GROUP_KICK went the way "
                    + (branch == null ? "not told" : branch.label())
                    + where;
        }
        if (ring == null) {
            return "the application neither rang the doorbell nor called GROUP_KICK" + where;
        }
        if (ring.page() == DoorbellPage.DUMMY) {
            return one.wasOnSlotAtRing
                    ? "the doorbell went to the dummy page although the group was on slot (D1)"
                    : "the doorbell went to the dummy page, for the group had lost its slot, and"
                            + " GROUP_KICK was not called"
                            + where;
        }
        Long target = ring.targetGid();
        if (target == null || target != group.gid) {
            return "the doorbell reached "
                    + (target == null ? "no group" : "group " + target)
                    + " (D2)"
                    + where;
        }
        return group.isOnSlot()
                ? "the doorbell reached the group and the firmware did not look"
                : "the doorbell was rung and the group lost its slot before the firmware looked"
                        + where;
    }
}
