package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.schema.Unit;

/// The kernel's own machinery: work items, ticks, power and resets.
final class SchedulerRules {
    private static final int QUEUED = 0;
    private static final int RUNS = 1;
    private static final long RESET = 0;

    private SchedulerRules() {}

    static void register(Rules rules, Build build) {
        rules.on("SCHED_WORK", fields -> work(fields, build));
        rules.on("TICK", fields -> tick(fields, build));
        rules.on("PM", fields -> power(fields, build));
        rules.on("RESET", fields -> reset(fields, build));
    }

    private static Handler work(Fields fields, Build build) {
        FieldReader work = fields.get("work");
        FieldReader step = fields.get("step");
        FieldReader gid = fields.get("gid");
        return event -> {
            RowBuilder row = build.rowOf(event);
            if (!row.kind.equals("work")) {
                row = build.child(build.container(Section.KERNEL).id, "work", work.text(event));
            }
            long owner = 2 * gid.number(event, -1);
            String name = work.text(event);
            switch (step.text(event)) {
                case "queued" -> {
                    if (!row.isOpen(owner + QUEUED)) {
                        row.open(owner + QUEUED, event, name + " queued", Style.QUEUED);
                    }
                }
                case "begin" -> {
                    row.closeIfOpen(owner + QUEUED, null);
                    row.open(owner + RUNS, event, name, Style.RUNNING);
                }
                case "end" -> row.close(owner + RUNS, event, name, null);
                case "cancelled" -> {
                    row.closeIfOpen(owner + QUEUED, null);
                    row.instant(event, name + " cancelled", Style.ATTENTION, Glyph.TICK);
                }
                case "refused" ->
                        row.instant(event, name + " refused", Style.ATTENTION, Glyph.CROSS);
                default -> row.instant(event, name + " already queued", Style.IDLE, Glyph.TICK);
            }
        };
    }

    /// The work item `tick` has the bar; the phases are points on it.
    private static Handler tick(Fields fields, Build build) {
        FieldReader phase = fields.get("phase");
        FieldReader gid = fields.get("gid");
        return event -> {
            String name = phase.text(event);
            boolean decides = name.equals("pick") || name.equals("evict") || name.equals("start");
            String group =
                    gid.isPresent(event)
                            ? " " + build.objects().groupName(gid.number(event, -1))
                            : "";
            build.rowOf(event)
                    .instant(
                            event,
                            "tick " + name + group,
                            decides ? Style.ACTIVITY : Style.IDLE,
                            decides ? Glyph.DIAMOND : Glyph.TICK);
        };
    }

    private static Handler power(Fields fields, Build build) {
        FieldReader step = fields.get("step");
        FieldReader owner = fields.get("owner");
        FieldReader usage = fields.get("usage");
        return event -> {
            RowBuilder row = build.rowOf(event);
            String name = step.text(event);
            switch (name) {
                case "resume_begin" -> row.state(event, "resuming", Style.ACTIVITY);
                case "resume_end" -> row.state(event, "powered", Style.RUNNING);
                case "suspend_begin" -> row.state(event, "suspending", Style.ACTIVITY);
                case "suspend_end" -> row.state(event, "suspended", Style.IDLE);
                default ->
                        row.instant(
                                event, name + " by " + owner.text(event), Style.IDLE, Glyph.TICK);
            }
            if (usage.isPresent(event)) {
                usageRow(build, event).step(event, usage.number(event, 0), Unit.COUNT);
            }
        };
    }

    private static RowBuilder usageRow(Build build, EventCursor event) {
        return build.child(build.rowOf(event).id, "usage", "usage count");
    }

    private static Handler reset(Fields fields, Build build) {
        FieldReader step = fields.get("step");
        return event -> {
            RowBuilder row = build.child(build.container(Section.KERNEL).id, "reset", "reset");
            switch (step.text(event)) {
                case "pre_begin" -> row.open(RESET, event, "GPU reset", Style.ERROR);
                case "post_end" -> row.close(RESET, event, "GPU reset", Style.ERROR);
                default -> row.instant(event, "reset " + step.text(event), Style.ERROR, Glyph.TICK);
            }
        };
    }
}
