package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceStep;

import java.util.List;

/// I19. `drivers/dma-buf/dma-fence.c`.
final class SignalOnceRule extends Rule {
    SignalOnceRule() {
        super(
                new RuleInfo(
                        "I19",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "A fence is signalled once, and its error is set before that.",
                        List.of(Fence.class),
                        ""));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        Fence event = (Fence) moment.event();
        FenceFacts fence =
                machine.fences.get(ObjectId.fence(event.context(), event.seqno()).toString());
        if (fence == null || !fence.isSignaled() || fence.signaledSeq == moment.seq()) {
            return;
        }
        if (event.step() == FenceStep.SIGNALED) {
            report(
                    List.of(fence.id),
                    fence.id + " of " + fence.timeline + " was signalled a second time.",
                    fence.signaledSeq,
                    moment.seq());
        } else if (event.step() == FenceStep.SET_ERROR) {
            report(
                    List.of(fence.id),
                    "the error of "
                            + fence.id
                            + " of "
                            + fence.timeline
                            + " was set after it had been signalled.",
                    fence.signaledSeq,
                    moment.seq());
        }
    }
}
