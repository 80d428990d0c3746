package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;

/// Fences and scheduler jobs of a capture, by the names of the kernel's tracepoints
/// (`include/trace/events/dma_fence.h`, `drivers/gpu/drm/scheduler/gpu_scheduler_trace.h`).
final class CaptureFenceRules {
    private CaptureFenceRules() {}

    static void register(Rules rules, Build build) {
        rules.on("dma_fence_init", fields -> fence(fields, build, true));
        rules.on("dma_fence_signaled", fields -> fence(fields, build, false));
        rules.on("dma_fence_wait_start", fields -> wait(fields, build, true));
        rules.on("dma_fence_wait_end", fields -> wait(fields, build, false));
        // A freed fence says nothing about work; the event list has it.
        rules.on("dma_fence_destroy", fields -> event -> {});
        CaptureJobs jobs = new CaptureJobs(build);
        for (String name : new String[] {"drm_sched_job_queue", "drm_sched_job"}) {
            rules.on(name, fields -> jobs.handler(fields, CaptureJobs.Step.QUEUE));
        }
        for (String name : new String[] {"drm_sched_job_run", "drm_run_job"}) {
            rules.on(name, fields -> jobs.handler(fields, CaptureJobs.Step.RUN));
        }
        for (String name : new String[] {"drm_sched_job_done", "drm_sched_process_job"}) {
            rules.on(name, fields -> jobs.handler(fields, CaptureJobs.Step.DONE));
        }
    }

    private static Handler fence(Fields fields, Build build, boolean begins) {
        FieldReader timeline = fields.get("timeline");
        FieldReader context = fields.get("context");
        FieldReader seqno = fields.get("seqno");
        return event -> {
            RowBuilder row = build.rowOf(event);
            if (!row.kind.equals("timeline")) {
                row = FenceRows.of(build, timeline.text(event), context.number(event, -1));
            }
            long key = seqno.number(event, -1);
            String label = Long.toUnsignedString(key);
            if (begins) {
                row.open(key, event, label, Style.FENCE);
            } else if (row.isOpen(key)) {
                row.close(key, event, label, null);
            } else {
                build.unpaired();
                row.instant(event, label + " signaled", Style.FENCE, Glyph.TICK);
            }
        };
    }

    private static Handler wait(Fields fields, Build build, boolean begins) {
        FieldReader context = fields.get("context");
        FieldReader seqno = fields.get("seqno");
        return event -> {
            RowBuilder row = threadRow(build, event);
            String label = "wait fence " + context.text(event) + ":" + seqno.text(event);
            long key = 31 * context.number(event, -1) + seqno.number(event, -1);
            if (begins) {
                row.open(key, event, label, Style.WAITING);
            } else {
                row.close(key, event, label, null);
            }
        };
    }

    /// The row of the thread an event happened on.
    static RowBuilder threadRow(Build build, EventCursor event) {
        if (build.rowOf(event).kind.equals("thread") || event.pid() < 0) {
            return build.rowOf(event);
        }
        String comm = event.comm();
        return build.thread((comm == null ? "" : comm + " ") + event.pid());
    }
}
