package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.XgsEvent.XgsJob;

import java.util.List;

/// I18. Signalled by a timeout or by destruction is a warning: nothing else guarantees progress.
final class FenceSignaledRule extends Rule {
    /// Ten times the longest timeout of the driver.
    private static final long FOREVER_NS = 50_000_000_000L;

    private static final int TIMED_OUT = -110;
    private static final int CANCELED = -125;
    private static final int NO_SUCH_PROCESS = -3;

    FenceSignaledRule() {
        super(
                new RuleInfo(
                        "I18",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "Every finished fence that was published is signalled, and by what it"
                                + " stands for.",
                        List.of(Fence.class, XgsJob.class),
                        "fences published before the trace began"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        if (!(moment.event() instanceof Fence event) || event.kind() != FenceKind.FINISHED) {
            return;
        }
        FenceFacts fence =
                machine.fences.get(ObjectId.fence(event.context(), event.seqno()).toString());
        if (fence == null || !fence.isPublished()) {
            return;
        }
        if (event.step() == FenceStep.SIGNALED && fence.signaledSeq == moment.seq()) {
            String cause =
                    switch (fence.error) {
                        case TIMED_OUT -> "by a timeout";
                        case CANCELED, NO_SUCH_PROCESS -> "because its queue or process went away";
                        default -> "";
                    };
            if (!cause.isEmpty()) {
                report(
                        Severity.WARNING,
                        List.of(fence.id),
                        fence.id
                                + " of "
                                + fence.timeline
                                + " was signalled "
                                + cause
                                + ", "
                                + Texts.duration(moment.timeNs() - fence.publishedNs)
                                + " after it was published to "
                                + fence.publishedTo
                                + ".",
                        fence.publishedSeq,
                        moment.seq());
            }
        } else if (event.step() == FenceStep.DESTROY && !fence.isSignaled()) {
            report(
                    List.of(fence.id),
                    fence.id
                            + " of "
                            + fence.timeline
                            + " was published to "
                            + fence.publishedTo
                            + " and freed without having been signalled.",
                    fence.publishedSeq,
                    moment.seq());
        }
    }

    @Override
    public void end(long lastSeq, Machine machine) {
        for (FenceFacts fence : machine.fences.values()) {
            boolean isOver = machine.isAtRest || machine.nowNs - fence.publishedNs > FOREVER_NS;
            if (fence.kind == FenceKind.FINISHED
                    && fence.isPublished()
                    && !fence.isSignaled()
                    && isOver) {
                report(
                        List.of(fence.id),
                        fence.id
                                + " of "
                                + fence.timeline
                                + " was published to "
                                + fence.publishedTo
                                + " and is not signalled "
                                + Texts.duration(machine.nowNs - fence.publishedNs)
                                + " later.",
                        fence.publishedSeq,
                        lastSeq);
            }
        }
    }
}
