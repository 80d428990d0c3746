package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.KernelEvent.AllocInSignal;
import org.panscope.trace.event.XgsEvent.XgsJob;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// I24. dma-fence cross-driver contract (V7): reclaim may wait for that very fence.
final class SignalPathAllocationRule extends Rule {
    private final Map<Long, Hits> open = new LinkedHashMap<>();

    /// What one job did.
    private static final class Hits {
        final long firstSeq;
        final Set<String> kinds = new TreeSet<>();
        long lastSeq;
        int count;

        Hits(long firstSeq) {
            this.firstSeq = firstSeq;
        }
    }

    SignalPathAllocationRule() {
        super(
                new RuleInfo(
                        "I24",
                        Severity.POLICY,
                        Blame.DESIGN,
                        "Between the moment a job can run and the signal of its published"
                                + " fence, nothing allocates memory or takes a reservation lock.",
                        List.of(AllocInSignal.class, Fence.class, XgsJob.class),
                        ""));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case AllocInSignal alloc -> allocated(alloc, moment, machine);
            case Fence fence
                    when fence.step() == FenceStep.SIGNALED
                            && fence.kind() == FenceKind.FINISHED -> {
                Long job = fence.job();
                Hits hits = job == null ? null : open.remove(job);
                if (hits != null && job != null) {
                    tell(job, hits);
                }
            }
            default -> {}
        }
    }

    private void allocated(AllocInSignal alloc, Moment moment, Machine machine) {
        Long id = alloc.job();
        XgsJobFacts job = id == null ? null : machine.xgsJobs.get(id);
        String finished = job == null ? null : job.finished;
        FenceFacts fence = finished == null ? null : machine.fences.get(finished);
        if (job == null || fence == null || !fence.isPublished() || fence.isSignaled()) {
            return;
        }
        Hits hits = open.computeIfAbsent(job.job, key -> new Hits(moment.seq()));
        hits.count++;
        hits.lastSeq = moment.seq();
        hits.kinds.add(alloc.kind());
    }

    @Override
    public void end(long lastSeq, Machine machine) {
        open.forEach(this::tell);
    }

    private void tell(long job, Hits hits) {
        report(
                List.of(ObjectId.of("xgs-job", job)),
                "before the fence of XGS job "
                        + job
                        + " was signalled, its way there allocated or"
                        + " locked a reservation "
                        + Texts.count(hits.count, "time")
                        + " ("
                        + Texts.list(hits.kinds)
                        + ").",
                hits.firstSeq,
                hits.lastSeq);
    }
}
