package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;

/// Jobs of drm_sched: waiting from the push to the run, then running.
final class JobRules {
    private JobRules() {}

    static void register(Rules rules, Build build) {
        rules.on("JOB", fields -> job(fields, build));
    }

    private static Handler job(Fields fields, Build build) {
        FieldReader job = fields.get("job");
        FieldReader gid = fields.get("gid");
        FieldReader queue = fields.get("queue");
        FieldReader step = fields.get("step");
        FieldReader error = fields.get("error");
        return event -> {
            long id = gid.number(event, -1);
            int index = queue.integer(event, -1);
            build.objects().learnQueue(event, id, index);
            RowBuilder row = build.child(build.objects().queue(id, index).id, "jobs", "jobs");
            boolean failed = error.number(event, 0) < 0;
            step(row, event, job.number(event, -1), step.text(event), failed);
        };
    }

    private static void step(
            RowBuilder row, EventCursor event, long job, String step, boolean failed) {
        String label = "job " + Long.toUnsignedString(job);
        switch (step) {
            case "pushed" -> row.open(job, event, label + " queued", Style.QUEUED);
            case "run" -> {
                row.closeIfOpen(job, null);
                row.open(job, event, label, failed ? Style.ERROR : Style.RUNNING);
            }
            case "done" -> row.close(job, event, label, failed ? Style.ERROR : Style.RUNNING);
            case "freed" -> row.closeIfOpen(job, null);
            default -> row.instant(event, label + " " + step, Style.IDLE, Glyph.TICK);
        }
    }
}
