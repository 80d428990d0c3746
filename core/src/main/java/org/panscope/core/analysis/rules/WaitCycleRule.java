package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.MemoryEvent.Reclaim;
import org.panscope.trace.event.MemoryEvent.ReclaimStep;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.XgsEvent.XgsJob;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// I25. Circular waits (V4), with the application itself as the missing link (V2, V8).
final class WaitCycleRule extends Rule {
    private final Set<String> told = new LinkedHashSet<>();

    WaitCycleRule() {
        super(
                new RuleInfo(
                        "I25",
                        Severity.POLICY,
                        Blame.DESIGN,
                        "The graph of who waits for whom has no cycle, also when whoever"
                                + " reclaims memory waits for every fence on it.",
                        List.of(Reclaim.class, FwCs.class, XgsJob.class, RingWrite.class),
                        "locks, and stores of buffers that a ring calls"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case Reclaim reclaim when reclaim.step() == ReclaimStep.WAIT_FENCE ->
                    reclaims(reclaim, moment, machine);
            case FwCs cs when cs.step() == CsStep.BLOCK -> blocked(cs, moment, machine);
            default -> {}
        }
    }

    private void reclaims(Reclaim reclaim, Moment moment, Machine machine) {
        String id = reclaim.fence();
        FenceFacts fence = id == null ? null : machine.fences.get(id);
        Long jobId = fence == null ? null : fence.job;
        XgsJobFacts job = jobId == null ? null : machine.xgsJobs.get(jobId);
        if (fence == null || job == null) {
            return;
        }
        XgsJobFacts.Op op = Producers.unqueuedWait(job, machine);
        String process = machine.processOf(job.queue.fileId);
        if (op != null && process.equals(moment.header().comm())) {
            report(
                    List.of(fence.id, job.id(), ObjectId.of("thread", moment.header().pid())),
                    "thread "
                            + moment.header().pid()
                            + " of "
                            + process
                            + " allocates, reclaim waits for "
                            + fence.id
                            + ", which waits for "
                            + op.text()
                            + " of XGS job "
                            + job.job
                            + ", which only "
                            + process
                            + " can make true: a cycle that nothing but the timeout ends.",
                    fence.publishedSeq,
                    job.createdSeq,
                    moment.seq());
        }
    }

    private void blocked(FwCs cs, Moment moment, Machine machine) {
        QueueFacts first = machine.queueAt(cs.csg(), cs.cs());
        List<QueueFacts> path = new ArrayList<>();
        for (QueueFacts at = first; at != null; at = onlyProducer(at, machine)) {
            int start = path.indexOf(at);
            if (start >= 0) {
                if (path.size() - start > 1) {
                    tell(path.subList(start, path.size()), moment);
                }
                return;
            }
            path.add(at);
        }
    }

    /// The one queue that can end a queue's wait, if there is just one and it waits itself.
    private static @Nullable QueueFacts onlyProducer(QueueFacts waiter, Machine machine) {
        SyncWait wait = waiter.wait;
        Integer vm = waiter.group.vmId;
        QueueFacts found = null;
        if (wait == null || vm == null) {
            return null;
        }
        for (GroupFacts group : machine.groups()) {
            for (QueueFacts queue : group.queues) {
                if (vm.equals(group.vmId)
                        && queue.hasWork()
                        && OwedWrites.of(queue, machine.isa()).contains(wait.va())) {
                    if (found != null) {
                        return null;
                    }
                    found = queue;
                }
            }
        }
        return found != null && found.wait != null ? found : null;
    }

    private void tell(List<QueueFacts> cycle, Moment moment) {
        List<ObjectId> objects = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        long[] proof = new long[cycle.size() + 1];
        for (QueueFacts queue : cycle) {
            SyncWait wait = queue.wait;
            if (wait != null) {
                proof[objects.size()] = wait.seq();
                steps.add(queue.title() + " waits for " + wait.text());
            }
            objects.add(queue.id());
        }
        proof[cycle.size()] = moment.seq();
        Set<String> key = new TreeSet<>(steps);
        if (told.add(key.toString())) {
            report(
                    objects,
                    Texts.list(steps)
                            + ", and only the next of them is to store that, behind its own wait.",
                    proof);
        }
    }
}
