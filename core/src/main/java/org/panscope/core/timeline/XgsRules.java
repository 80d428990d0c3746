package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;

/// XGS queues: each job from the push on, queued, waiting for a fence, running, or waiting for a
/// value in memory; what its operations did; and when somebody looked at it again.
final class XgsRules {
    private static final long EBUSY = -16;

    private XgsRules() {}

    static void register(Rules rules, Build build) {
        rules.on("XGS_QUEUE", fields -> queue(fields, build));
        rules.on("XGS_JOB", fields -> job(fields, build));
        rules.on("XGS_OP", fields -> op(fields, build));
        rules.on("XGS_RECHECK", fields -> recheck(fields, build));
        rules.on("XGS_TIMER", fields -> timer(fields, build));
    }

    private static Handler queue(Fields fields, Build build) {
        FieldReader step = fields.get("step");
        FieldReader error = fields.get("error");
        return event -> {
            boolean isError = error.number(event, 0) < 0;
            String label = isError ? "error state " + error.number(event, 0) : step.text(event);
            build.rowOf(event)
                    .instant(
                            event,
                            label.replace('_', ' '),
                            isError ? Style.ERROR : Style.ACTIVITY,
                            Glyph.DIAMOND);
        };
    }

    private static Handler job(Fields fields, Build build) {
        FieldReader job = fields.get("job");
        FieldReader step = fields.get("step");
        FieldReader error = fields.get("error");
        return event -> {
            boolean failed = error.number(event, 0) < 0;
            step(build.rowOf(event), event, job.number(event, -1), step.text(event), failed);
        };
    }

    private static void step(
            RowBuilder row, EventCursor event, long job, String step, boolean failed) {
        String label = "job " + Long.toUnsignedString(job);
        switch (step) {
            case "pushed" -> change(row, event, job, label + " queued", Style.QUEUED);
            case "dep_wait" -> change(row, event, job, label + " waits for a fence", Style.WAITING);
            case "run" -> change(row, event, job, label, Style.RUNNING);
            case "busy" -> change(row, event, job, label + " waits for memory", Style.WAITING);
            case "completed" -> row.close(job, event, label, failed ? Style.ERROR : null);
            case "error", "timeout", "cancelled" -> {
                row.closeIfOpen(job, Style.ERROR);
                row.instant(event, label + " " + step, Style.ERROR, Glyph.CROSS);
            }
            case "freed" -> row.closeIfOpen(job, null);
            case "ref_underflow" ->
                    row.instant(event, label + " put after it was freed", Style.ERROR, Glyph.CROSS);
            case "deps_done", "in_flight_put", "put" -> {} // the bars show as much
            default -> row.instant(event, label + " " + step, Style.IDLE, Glyph.TICK);
        }
    }

    private static void change(
            RowBuilder row, EventCursor event, long job, String label, Style style) {
        row.closeIfOpen(job, null);
        row.open(job, event, label, style);
    }

    /// What changed something; a WAIT that is still not satisfied is what the bar says.
    private static Handler op(Fields fields, Build build) {
        FieldReader op = fields.get("op");
        FieldReader va = fields.get("va");
        FieldReader after = fields.get("after");
        FieldReader result = fields.get("result");
        FieldReader skipped = fields.get("skipped");
        return event -> {
            if (skipped.flag(event) || result.number(event, 0) == EBUSY) {
                return;
            }
            boolean failed = result.number(event, 0) < 0;
            String what =
                    op.text(event).replace('_', ' ')
                            + " 0x"
                            + Long.toHexString(va.number(event, 0));
            String outcome =
                    after.isPresent(event)
                            ? " = " + Long.toUnsignedString(after.number(event, 0))
                            : failed ? " failed" : " satisfied";
            build.rowOf(event)
                    .instant(
                            event,
                            what + outcome,
                            failed ? Style.ERROR : Style.FENCE,
                            failed ? Glyph.CROSS : Glyph.DIAMOND);
        };
    }

    private static Handler recheck(Fields fields, Build build) {
        FieldReader cause = fields.get("cause");
        FieldReader visited = fields.get("queues_visited");
        return event ->
                build.rowOf(event)
                        .instant(
                                event,
                                "recheck of "
                                        + visited.number(event, 0)
                                        + " xgs queues: "
                                        + cause.text(event).replace('_', ' '),
                                Style.ACTIVITY,
                                Glyph.TICK);
    }

    private static Handler timer(Fields fields, Build build) {
        FieldReader step = fields.get("step");
        return event -> {
            if (step.text(event).equals("fire")) {
                build.rowOf(event).instant(event, "timeout fired", Style.ATTENTION, Glyph.DIAMOND);
            }
        };
    }
}
