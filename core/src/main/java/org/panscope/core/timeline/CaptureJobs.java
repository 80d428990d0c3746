package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;

import java.util.LinkedHashMap;
import java.util.Map;

/// drm_sched jobs of a capture: queued, run, done, on the row of their ring. New kernels name a job
/// by its finished fence, old ones by the pointer of the fence.
final class CaptureJobs {
    enum Step {
        QUEUE,
        RUN,
        DONE
    }

    private final Build build;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private long nextKey;

    /// A job on its way: where it is drawn and under which key.
    private record Open(RowBuilder row, long key, String label) {}

    CaptureJobs(Build build) {
        this.build = build;
    }

    Handler handler(Fields fields, Step step) {
        FieldReader fence = fields.get("fence");
        FieldReader context = fields.get("fence_context");
        FieldReader seqno = fields.get("fence_seqno");
        FieldReader ring = fields.get("ring", "name");
        FieldReader id = fields.get("id");
        return event -> {
            String job =
                    context.isPresent(event)
                            ? context.text(event) + ":" + seqno.text(event)
                            : fence.text(event);
            Open known = open.get(job);
            switch (step) {
                case QUEUE -> {
                    Open at = start(event, job, ring.text(event), id.text(event));
                    at.row().open(at.key(), event, at.label() + " queued", Style.QUEUED);
                }
                case RUN -> {
                    Open at =
                            known != null
                                    ? known
                                    : start(event, job, ring.text(event), id.text(event));
                    at.row().closeIfOpen(at.key(), null);
                    at.row().open(at.key(), event, at.label(), Style.RUNNING);
                }
                case DONE -> {
                    if (known == null) {
                        build.unpaired();
                        build.rowOf(event)
                                .instant(event, "job " + job + " done", Style.UNKNOWN, Glyph.TICK);
                    } else {
                        known.row().close(known.key(), event, known.label(), null);
                        open.remove(job);
                    }
                }
            }
        };
    }

    private Open start(EventCursor event, String job, String ring, String id) {
        RowBuilder row = build.rowOf(event);
        if (!row.kind.equals("ring")) {
            row =
                    build.child(
                            build.container(Section.QUEUES).id,
                            "ring",
                            ring.isEmpty() ? "ring not recorded" : ring);
        }
        Open at = new Open(row, nextKey++, "job " + (id.isEmpty() ? job : id));
        open.put(job, at);
        return at;
    }
}
