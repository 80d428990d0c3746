package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// I23. The "producer queued" rule: else the fence depends on what an application does later (V3).
final class ProducerQueuedRule extends Rule {
    private final Set<Long> told = new LinkedHashSet<>();

    ProducerQueuedRule() {
        super(
                new RuleInfo(
                        "I23",
                        Severity.POLICY,
                        Blame.DESIGN,
                        "A finished fence is published only when whatever its job waits for is"
                                + " stored already, or is in the announced part of a ring.",
                        List.of(Fence.class, XgsJob.class, RingWrite.class, InsertWrite.class),
                        "stores of buffers that a ring calls"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case Fence fence
                    when fence.kind() == FenceKind.FINISHED && fence.step() == FenceStep.PUBLISH ->
                    published(fence, moment, machine);
            case XgsJob job when job.step() == XgsJobStep.FREED -> told.remove(job.job());
            default -> {}
        }
    }

    private void published(Fence fence, Moment moment, Machine machine) {
        Long id = fence.job();
        String to = fence.publishedTo();
        XgsJobFacts job = id == null ? null : machine.xgsJobs.get(id);
        boolean canBeWaitedFor = to != null && (to.startsWith("syncobj:") || to.endsWith(" write"));
        if (job == null || !canBeWaitedFor || !told.add(job.job)) {
            return;
        }
        XgsJobFacts.Op op = Producers.unqueuedWait(job, machine);
        if (op != null) {
            report(
                    List.of(ObjectId.fence(fence.context(), fence.seqno()), job.id()),
                    "fence:"
                            + fence.context()
                            + ":"
                            + fence.seqno()
                            + " of XGS job "
                            + job.job
                            + " was published to "
                            + to
                            + " while its "
                            + op.text()
                            + " is not true and nobody is queued to make it true: the fence"
                            + " signals when an application pleases, or by timeout.",
                    job.createdSeq,
                    moment.seq());
        } else {
            told.remove(job.job);
        }
    }
}
