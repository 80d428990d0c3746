package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.CreateStep;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.GroupDestroy;
import org.panscope.trace.event.KernelEvent.GroupRelease;
import org.panscope.trace.event.KernelEvent.QueueCreated;
import org.panscope.trace.event.KernelEvent.Term;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.CsProg;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.GroupMasks;
import org.panscope.trace.event.SchedEvent.GroupState;
import org.panscope.trace.event.SchedEvent.ListNode;
import org.panscope.trace.event.SchedEvent.Unbind;
import org.panscope.trace.event.SyncEvent.SyncWaitEval;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.RingWrite;

/// Keeps groups, queues and slots of a [Machine] up to date.
final class GroupTracker {
    private static final int BLOCKED_ON_SYNC_WAIT = 3;
    private static final int MAX_QUEUES = 32;

    private final Machine machine;

    GroupTracker(Machine machine) {
        this.machine = machine;
    }

    /// Takes note of an event.
    ///
    /// @return whether it is about groups
    boolean note(Moment moment) {
        switch (moment.event()) {
            case GroupCreateStep step -> created(step);
            case QueueCreated queue -> created(queue);
            case GroupDestroy destroy -> {
                GroupFacts group = group(destroy.gid());
                group.isDestroyed = true;
                group.destroyedSeq = moment.seq();
            }
            case GroupList list -> listed(list, moment);
            case GroupState state -> group(state.gid()).state = state.newState();
            case GroupMasks masks -> masked(masks, moment);
            case Bind bind -> {
                if (bind.result() == 0) {
                    machine.slots.put(bind.slot(), bind.gid());
                    group(bind.gid()).slot = bind.slot();
                }
            }
            case Term term -> group(term.gid()).termSeq = moment.seq();
            case CsProg prog -> programmed(prog);
            case CsStatus status -> sampled(status, moment);
            case SyncWaitEval eval -> evaluated(eval);
            case FwCs cs -> executed(cs, moment);
            case InsertWrite insert -> inserted(insert, moment);
            case RingWrite write -> stored(write, moment);
            default -> {
                return false;
            }
        }
        return true;
    }

    /// What an event ends: unbinding a group, and its release.
    void settle(Moment moment) {
        switch (moment.event()) {
            case Unbind unbind when unbind.result() == 0 -> {
                if (Long.valueOf(unbind.gid()).equals(machine.slots.get(unbind.slot()))) {
                    machine.slots.remove(unbind.slot());
                }
                GroupFacts group = machine.group(unbind.gid());
                if (group != null) {
                    group.slot = -1;
                    for (QueueFacts queue : group.queues) {
                        queue.isRunning = false;
                    }
                }
            }
            case GroupRelease release -> {
                machine.groups.remove(release.gid());
                machine.slots.values().removeIf(gid -> gid == release.gid());
            }
            default -> {}
        }
    }

    private GroupFacts group(long gid) {
        return machine.groups.computeIfAbsent(gid, GroupFacts::new);
    }

    private void created(GroupCreateStep step) {
        GroupFacts group = group(step.gid());
        group.fileId = step.fileId();
        Integer handle = step.handle();
        group.handle = handle == null ? group.handle : handle;
        Integer vm = step.vmId();
        group.vmId = vm == null ? group.vmId : vm;
        Integer priority = step.priority();
        group.priority = priority == null ? group.priority : priority;
        group.isUserSubmit |= Boolean.TRUE.equals(step.userSubmit());
        group.hasEventfd |= Boolean.TRUE.equals(step.hasEventfd());
        group.queueCount = step.queueCount();
        group.isCreationSeen |= step.step() == CreateStep.ALLOC;
        group.isLinked |= step.step() == CreateStep.LINKED;
        if (step.step() == CreateStep.ALLOC) {
            group.idleQueues = (1L << step.queueCount()) - 1;
        }
    }

    private void created(QueueCreated event) {
        GroupFacts group = group(event.gid());
        if (event.queue() < 0 || event.queue() >= MAX_QUEUES) {
            return;
        }
        while (group.queues.size() <= event.queue()) {
            int index = group.queues.size();
            group.queues.add(new QueueFacts(group, index, event.ringVa(), event.ringSize()));
        }
        group.queues.set(
                event.queue(),
                new QueueFacts(group, event.queue(), event.ringVa(), event.ringSize()));
        group.queueCount = Math.max(group.queueCount, group.queues.size());
    }

    private void listed(GroupList list, Moment moment) {
        GroupFacts group = group(list.gid());
        if (list.node() == ListNode.WAIT_NODE) {
            group.isWaiting = list.to() == GroupListName.WAITING;
        } else {
            group.list = list.to();
            group.movedSeq = moment.seq();
        }
        group.priority = list.priority();
    }

    private void masked(GroupMasks masks, Moment moment) {
        GroupFacts group = group(masks.gid());
        group.idleQueues = masks.idle();
        group.blockedQueues = masks.blocked();
        group.fatalQueues = masks.fatal();
        group.isTimedOut = masks.timedOut();
        group.movedSeq = moment.seq();
    }

    private void programmed(CsProg prog) {
        QueueFacts queue = machine.queue(prog.gid(), prog.queue());
        if (queue != null) {
            queue.insert = prog.insert();
            extracted(queue, prog.extractInit());
        }
    }

    private void sampled(CsStatus status, Moment moment) {
        QueueFacts queue = machine.queue(status.gid(), status.queue());
        if (queue == null) {
            return;
        }
        Long va = status.waitVa();
        Integer reason = status.blockedReason();
        if (va != null && reason != null && reason == BLOCKED_ON_SYNC_WAIT) {
            waits(
                    queue,
                    va,
                    status.waitRef(),
                    status.waitGt(),
                    Boolean.TRUE.equals(status.wait64()),
                    moment);
        }
    }

    private void evaluated(SyncWaitEval eval) {
        QueueFacts queue = machine.queue(eval.gid(), eval.queue());
        if (queue != null && eval.satisfied()) {
            queue.wait = null;
        }
    }

    private void executed(FwCs cs, Moment moment) {
        QueueFacts queue = machine.queueAt(cs.csg(), cs.cs());
        if (queue == null) {
            return;
        }
        Long insert = cs.insert();
        if (insert != null) {
            queue.fetched = Math.max(queue.fetched, insert);
        }
        Long extract = cs.extract();
        if (extract != null) {
            extracted(queue, extract);
        }
        CsStep step = cs.step();
        switch (step) {
            case START, RESUME -> queue.isRunning = true;
            case STOP, SUSPEND -> queue.isRunning = false;
            case BLOCK -> {
                Integer reason = cs.blockedReason();
                queue.blockedReason = reason == null ? 0 : reason;
                Long va = cs.waitVa();
                if (va != null) {
                    waits(
                            queue,
                            va,
                            cs.waitRef(),
                            cs.waitGt(),
                            Boolean.TRUE.equals(cs.wait64()),
                            moment);
                }
            }
            case UNBLOCK -> {
                queue.blockedReason = 0;
                queue.wait = null;
            }
            default -> {}
        }
    }

    private static void waits(
            QueueFacts queue,
            long va,
            @Nullable Long reference,
            @Nullable Boolean greater,
            boolean wide,
            Moment moment) {
        SyncWait wait =
                new SyncWait(
                        va,
                        reference == null ? 0 : reference,
                        Boolean.TRUE.equals(greater),
                        wide,
                        moment.seq(),
                        moment.timeNs());
        SyncWait before = queue.wait;
        if (before == null || !before.isSame(wait)) {
            queue.wait = wait;
        }
    }

    private void inserted(InsertWrite insert, Moment moment) {
        QueueFacts queue = machine.queue(insert.gid(), insert.queue());
        if (queue != null) {
            queue.insert = insert.newInsert();
            queue.insertSeq = moment.seq();
            queue.insertNs = moment.timeNs();
        }
    }

    private void stored(RingWrite write, Moment moment) {
        QueueFacts queue = machine.queue(write.gid(), write.queue());
        if (queue != null && write.length() > 0 && write.at() + write.length() > write.at()) {
            queue.overwritten =
                    queue.ring.store(
                            new RingImage.Piece(
                                    write.at(),
                                    write.at() + write.length(),
                                    write.data(),
                                    moment.seq()),
                            queue.extract,
                            queue.insert);
        }
    }

    private static void extracted(QueueFacts queue, long extract) {
        queue.extract = extract;
        queue.ring.executed(extract);
    }
}
