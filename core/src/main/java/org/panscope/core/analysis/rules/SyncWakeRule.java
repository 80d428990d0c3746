package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWaitEval;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// I15. Whose duty that is depends on who stored.
final class SyncWakeRule extends Rule {
    private final Map<ObjectId, Pending> pending = new LinkedHashMap<>();

    /// A wait that has become true and does not know.
    private record Pending(
            ObjectId waiter,
            @Nullable QueueFacts queue,
            XgsJobFacts.@Nullable Op op,
            String condition,
            SyncMem store,
            long storeSeq,
            long waitSeq,
            long dueNs) {
        boolean isOver() {
            if (queue != null) {
                return queue.wait == null || queue.wait.seq() != waitSeq || !queue.group.canRun();
            }
            return op == null || op.doneSeq >= 0;
        }
    }

    SyncWakeRule() {
        super(
                new RuleInfo(
                        "I15",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "A wait that a store to its sync object makes true is looked at again"
                                + " within 20 ms.",
                        List.of(SyncMem.class, FwCs.class, SyncWaitEval.class),
                        "waits for the same word through another address space"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        if (!(moment.event() instanceof SyncMem store)) {
            return;
        }
        for (GroupFacts group : machine.groups()) {
            if (group.vmId != null && group.vmId == store.vmId() && group.canRun()) {
                for (QueueFacts queue : group.queues) {
                    stored(queue, store, moment);
                }
            }
        }
        for (XgsJobFacts job : machine.xgsJobs.values()) {
            Integer vm = job.queue.vmId;
            if (vm != null && vm == store.vmId() && job.endSeq < 0 && job.timeoutSeq < 0) {
                stored(job, store, moment);
            }
        }
    }

    private void stored(QueueFacts queue, SyncMem store, Moment moment) {
        SyncWait wait = queue.wait;
        if (wait != null && wait.va() == store.va()) {
            if (wait.isSatisfiedBy(store.newValue())) {
                put(
                        new Pending(
                                queue.id(),
                                queue,
                                null,
                                wait.text(),
                                store,
                                moment.seq(),
                                wait.seq(),
                                moment.timeNs() + Machine.WAKE_NS));
            } else {
                pending.remove(queue.id());
            }
        }
    }

    private void stored(XgsJobFacts job, SyncMem store, Moment moment) {
        for (XgsJobFacts.Op op : job.ops) {
            if (op.isWait() && op.va == store.va() && op.triedSeq >= 0 && op.doneSeq < 0) {
                if (op.isSatisfiedBy(store.newValue())) {
                    put(
                            new Pending(
                                    job.id(),
                                    null,
                                    op,
                                    op.text(),
                                    store,
                                    moment.seq(),
                                    op.triedSeq,
                                    moment.timeNs() + Machine.WAKE_NS));
                } else {
                    pending.remove(job.id());
                }
            }
        }
    }

    private void put(Pending one) {
        pending.putIfAbsent(one.waiter(), one);
        wakeBy(one.dueNs());
    }

    @Override
    public void wake(long nowNs, long seq, Machine machine) {
        for (Iterator<Pending> all = pending.values().iterator(); all.hasNext(); ) {
            Pending one = all.next();
            if (one.isOver()) {
                all.remove();
            } else if (nowNs >= one.dueNs()) {
                all.remove();
                judge(one, seq);
            } else {
                wakeBy(one.dueNs());
            }
        }
    }

    @Override
    public void end(long lastSeq, Machine machine) {
        if (machine.isAtRest) {
            pending.values().stream()
                    .filter(one -> !one.isOver())
                    .forEach(one -> judge(one, lastSeq));
        }
    }

    private void judge(Pending one, long seq) {
        report(
                List.of(one.waiter(), ObjectId.sync(one.store().vmId(), one.store().va())),
                one.waiter()
                        + " waits for "
                        + one.condition()
                        + ", which is true since "
                        + Texts.hex(one.store().va())
                        + " became "
                        + one.store().newValue()
                        + ", and nobody looked again: "
                        + duty(one)
                        + ".",
                one.waitSeq(),
                one.storeSeq(),
                seq);
    }

    private static String duty(Pending one) {
        return switch (one.store().writer()) {
            case GPU ->
                    "the firmware has to tell the waiters of a sync object its streams store to";
            case XGS ->
                    one.queue() != null
                            ? "an XGS SIGNAL rings no doorbell, and a queue on slot is not looked"
                                    + " at by sync_upd (R9)"
                            : "an XGS SIGNAL does not look at other XGS queues (R10)";
            case KERNEL_TERM ->
                    "whoever terminates a group has to tell the waiters of its sync objects";
            case CPU_USER -> "an application that stores a sync object has to call SYNC_UPDATE";
        };
    }
}
