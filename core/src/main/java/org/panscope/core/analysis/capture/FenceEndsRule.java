package org.panscope.core.analysis.capture;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.capture.pairing.Outcome;
import org.panscope.core.capture.pairing.Pair;
import org.panscope.core.capture.pairing.PairKind;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.io.EventCursor;

import java.util.List;

/// C1. A fence nobody signals blocks whoever waits for it.
final class FenceEndsRule extends CaptureRule {
    private static final long LONG_NS = 1_000_000_000;

    private long lastNs = Long.MIN_VALUE;
    private long lastSeq;

    FenceEndsRule() {
        super(
                RuleInfo.ofCaptures(
                        "C1",
                        Severity.WARNING,
                        "A fence that is made is signalled.",
                        List.of("dma_fence_init|fence_init", "dma_fence_signaled|fence_signaled"),
                        "fences that would have been signalled after the end of the capture,"
                                + " when they are younger than a second there"));
    }

    @Override
    public void see(EventCursor event, String name) {
        lastNs = event.timeNs();
        lastSeq = event.seq();
    }

    @Override
    public void ended(Pair pair, EventCursor event, Outcome outcome) {
        if (pair.kind() == PairKind.FENCE && outcome == Outcome.ABANDONED) {
            report(
                    List.of(ObjectId.fence(pair.context(), pair.seqno())),
                    "fence "
                            + pair.context()
                            + ":"
                            + pair.seqno()
                            + " of "
                            + pair.owner()
                            + " was destroyed without having been signalled.",
                    pair.beginSeq(),
                    event.seq());
        }
    }

    @Override
    public void unfinished(Pair pair, boolean isUnbroken) {
        if (pair.kind() == PairKind.FENCE && isUnbroken && lastNs - pair.beginNs() > LONG_NS) {
            report(
                    List.of(ObjectId.fence(pair.context(), pair.seqno())),
                    "fence "
                            + pair.context()
                            + ":"
                            + pair.seqno()
                            + " of "
                            + pair.owner()
                            + " is not signalled "
                            + Texts.duration(lastNs - pair.beginNs())
                            + " after it was made, at the end of the capture.",
                    pair.beginSeq(),
                    lastSeq);
        }
    }
}
