package org.panscope.core.analysis.capture;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.capture.pairing.Outcome;
import org.panscope.core.capture.pairing.Pair;
import org.panscope.core.capture.pairing.PairKind;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;

import java.util.List;

/// C3. Outliers of signal latency, by timeline.
final class LatencyOutlierRule extends CaptureRule {
    private static final long MIN_NS = 1_000_000;
    private static final int MIN_COUNT = 20;
    private static final int FACTOR = 10;

    private final Latencies latencies = new Latencies();

    LatencyOutlierRule() {
        super(
                RuleInfo.ofCaptures(
                        "C3",
                        Severity.WARNING,
                        "No fence of a timeline takes more than ten times as long as half of"
                                + " them.",
                        List.of("dma_fence_init|fence_init", "dma_fence_signaled|fence_signaled"),
                        "timelines with fewer than 20 fences; fences that take less than 1 ms"));
    }

    @Override
    public void ended(Pair pair, EventCursor event, Outcome outcome) {
        if (pair.kind() == PairKind.FENCE && outcome == Outcome.ENDED) {
            latencies.add(
                    pair.owner(),
                    new Latencies.Span(
                            event.timeNs() - pair.beginNs(), pair.beginSeq(), event.seq()));
        }
    }

    @Override
    public void end(Trace trace) {
        latencies
                .owners()
                .forEach((owner, all) -> {
                    for (Latencies.Span span : all.longest()) {
                        long median = all.medianNs();
                        if (all.count() >= MIN_COUNT
                                && span.ns() >= MIN_NS
                                && span.ns() / FACTOR > median) {
                            report(
                                    List.of(),
                                    "a fence of "
                                            + owner
                                            + " took "
                                            + Texts.duration(span.ns())
                                            + ", "
                                            + span.ns() / Math.max(median, 1)
                                            + " times the median of "
                                            + all.count()
                                            + " (about "
                                            + Texts.duration(median)
                                            + ").",
                                    span.fromSeq(),
                                    span.toSeq());
                        }
                    }
                });
    }
}
