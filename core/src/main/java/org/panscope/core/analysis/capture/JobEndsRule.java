package org.panscope.core.analysis.capture;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.capture.pairing.Outcome;
import org.panscope.core.capture.pairing.Pair;
import org.panscope.core.capture.pairing.PairKind;
import org.panscope.trace.io.EventCursor;

import java.util.List;

/// C2. A job the hardware never finishes.
final class JobEndsRule extends CaptureRule {
    private static final long LONG_NS = 1_000_000_000;

    private long lastNs = Long.MIN_VALUE;
    private long lastSeq;

    JobEndsRule() {
        super(
                RuleInfo.ofCaptures(
                        "C2",
                        Severity.ERROR,
                        "A job that is handed to the hardware is done, and not by a timeout.",
                        List.of(
                                "drm_sched_job_run|drm_run_job|amdgpu_sched_run_job",
                                "drm_sched_job_done|drm_sched_process_job|amd_sched_process_job|dma_fence_signaled|fence_signaled"),
                        "a job younger than a second at the end of the capture; that a"
                                + " timeout ended a job is inferred"));
    }

    @Override
    public void see(EventCursor event, String name) {
        lastNs = event.timeNs();
        lastSeq = event.seq();
    }

    @Override
    public void ended(Pair pair, EventCursor event, Outcome outcome) {
        if (pair.kind() == PairKind.JOB_RUN && outcome != Outcome.ENDED) {
            report(
                    outcome == Outcome.TIMED_OUT ? Severity.ERROR : Severity.WARNING,
                    List.of(),
                    "job "
                            + pair.name()
                            + " on "
                            + pair.owner()
                            + " ran for "
                            + Texts.duration(event.timeNs() - pair.beginNs())
                            + (outcome == Outcome.TIMED_OUT
                                    ? " and was ended by a timeout or a reset."
                                    : " and its end was not seen."),
                    pair.beginSeq(),
                    event.seq());
        }
    }

    @Override
    public void unfinished(Pair pair, boolean isUnbroken) {
        if (pair.kind() == PairKind.JOB_RUN && isUnbroken && lastNs - pair.beginNs() > LONG_NS) {
            report(
                    List.of(),
                    "job "
                            + pair.name()
                            + " on "
                            + pair.owner()
                            + " is not done "
                            + Texts.duration(lastNs - pair.beginNs())
                            + " after it was handed to the hardware, at the end of the capture.",
                    pair.beginSeq(),
                    lastSeq);
        }
    }
}
