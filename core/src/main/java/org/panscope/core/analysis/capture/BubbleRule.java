package org.panscope.core.analysis.capture;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.capture.pairing.Outcome;
import org.panscope.core.capture.pairing.Pair;
import org.panscope.trace.io.EventCursor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// C6. Bubbles: queued work and nothing on the hardware.
final class BubbleRule extends CaptureRule {
    private static final long LIMIT_NS = 1_000_000;

    private final Map<Long, Pair> queued = new LinkedHashMap<>();
    private int running;
    private long idleSinceNs = Long.MIN_VALUE;
    private long idleSinceSeq;

    BubbleRule() {
        super(
                RuleInfo.ofCaptures(
                        "C6",
                        Severity.WARNING,
                        "The GPU is not idle for more than 1 ms while a job is queued.",
                        List.of(
                                "drm_sched_job_queue|drm_sched_job|amd_sched_job|amdgpu_cs_ioctl",
                                "drm_sched_job_run|drm_run_job|amdgpu_sched_run_job"),
                        "dependencies a queued job waits for: a bubble may be right"));
    }

    @Override
    public void begun(Pair pair, EventCursor event) {
        switch (pair.kind()) {
            case JOB_QUEUED -> {
                queued.put(pair.number(), pair);
                if (running == 0 && queued.size() == 1) {
                    idleSinceNs = event.timeNs();
                    idleSinceSeq = event.seq();
                }
            }
            case JOB_RUN -> {
                if (running == 0) {
                    told(event);
                }
                running++;
            }
            default -> {}
        }
    }

    @Override
    public void ended(Pair pair, EventCursor event, Outcome outcome) {
        switch (pair.kind()) {
            case JOB_QUEUED -> queued.remove(pair.number());
            case JOB_RUN -> {
                running--;
                if (running == 0 && !queued.isEmpty()) {
                    idleSinceNs = event.timeNs();
                    idleSinceSeq = event.seq();
                }
            }
            default -> {}
        }
    }

    private void told(EventCursor event) {
        long idle = event.timeNs() - idleSinceNs;
        if (idleSinceNs != Long.MIN_VALUE && idle > LIMIT_NS) {
            report(
                    List.of(),
                    "nothing ran on the GPU for "
                            + Texts.duration(idle)
                            + " while a job was queued.",
                    idleSinceSeq,
                    event.seq());
        }
        idleSinceNs = Long.MIN_VALUE;
    }
}
