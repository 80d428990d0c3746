package org.panscope.core.analysis.capture;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.capture.pairing.Outcome;
import org.panscope.core.capture.pairing.Pair;
import org.panscope.core.capture.pairing.PairKind;
import org.panscope.trace.io.EventCursor;

import java.util.List;
import java.util.regex.Pattern;

/// C4. From the interrupt to the signal: threaded handlers, work items and busy CPUs lie between.
final class InterruptDelayRule extends CaptureRule {
    private static final long LIMIT_NS = 5_000_000;
    private static final Pattern GPU =
            Pattern.compile(
                    "(?i).*(panthor|panfrost|mali|kbase|lima|amdgpu|radeon|i915|xe|nouveau|msm|kgsl"
                            + "|adreno|v3d|etnaviv|pvr|gpu).*");

    private long interruptNs = Long.MIN_VALUE;
    private long interruptSeq = -1;
    private String handler = "";

    InterruptDelayRule() {
        super(
                RuleInfo.ofCaptures(
                        "C4",
                        Severity.WARNING,
                        "A job's fence is signalled within 5 ms of the GPU's interrupt.",
                        List.of(
                                "irq_handler_entry",
                                "drm_sched_job_run|drm_run_job|amdgpu_sched_run_job"),
                        "interrupts whose handler is not named after a GPU; with several"
                                + " jobs in flight, which of them an interrupt was for"));
    }

    @Override
    public void begun(Pair pair, EventCursor event) {
        if (pair.kind() == PairKind.INTERRUPT && GPU.matcher(pair.name()).matches()) {
            interruptNs = event.timeNs();
            interruptSeq = event.seq();
            handler = pair.name();
        }
    }

    @Override
    public void ended(Pair pair, EventCursor event, Outcome outcome) {
        long delay = event.timeNs() - interruptNs;
        if (pair.kind() == PairKind.JOB_RUN
                && outcome == Outcome.ENDED
                && interruptSeq > pair.beginSeq()
                && delay > LIMIT_NS) {
            report(
                    List.of(),
                    "job "
                            + pair.name()
                            + " on "
                            + pair.owner()
                            + " was told done "
                            + Texts.duration(delay)
                            + " after the last interrupt of "
                            + handler
                            + ".",
                    interruptSeq,
                    event.seq());
        }
    }
}
