package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.schema.Unit;

import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/// The GPU as a device of a captured board: panthor's two events
/// (`drivers/gpu/drm/panthor/panthor_trace.h`), clocks and memory.
final class CaptureGpuRules {
    /// Bit of a job interrupt's mask that stands for the global interface.
    private static final int GLOBAL = 31;

    private static final long KHZ = 1000;

    /// Rows for more processes than these would be no help.
    private static final int MOST_PROCESSES = 1000;

    private CaptureGpuRules() {}

    static void register(Rules rules, Build build) {
        rules.on("gpu_job_irq", fields -> jobInterrupt(fields, build));
        rules.on("gpu_power_status", fields -> power(fields, build));
        rules.on("devfreq_frequency", fields -> frequency(fields, build, "freq", 1));
        rules.on("devfreq_monitor", fields -> frequency(fields, build, "freq", 1));
        rules.on("gpu_frequency", fields -> frequency(fields, build, "state", KHZ));
        rules.on("gpu_mem_total", fields -> memory(fields, build));
        rules.on("drm_sched_job_add_dep", fields -> dependency(fields, build, "depends on "));
        rules.on("drm_sched_job_unschedulable", fields -> dependency(fields, build, "waits for "));
        rules.on("drm_sched_job_wait_dep", fields -> dependency(fields, build, "waits for "));
    }

    /// The event comes when the handler is through, and says how long that took.
    private static Handler jobInterrupt(Fields fields, Build build) {
        FieldReader events = fields.get("events");
        FieldReader duration = fields.get("duration_ns");
        return event -> {
            RowBuilder row = build.rowOf(event);
            String label = sources(events.number(event, 0));
            if (row.kind.equals("gpu")) {
                long now = build.timeNs();
                long took = Math.clamp(duration.number(event, 0), 0, now - build.fromNs());
                row.bar(now - took, now, event.seq(), build.label(label), Style.ACTIVITY);
            } else {
                row.instant(event, label, Style.ACTIVITY, Glyph.DOWN);
            }
        };
    }

    /// What the bits of the mask stand for.
    private static String sources(long mask) {
        StringJoiner sources = new StringJoiner(", ");
        for (int slot = 0; slot < GLOBAL; slot++) {
            if ((mask >> slot & 1) != 0) {
                sources.add("CSG " + slot);
            }
        }
        if ((mask >> GLOBAL & 1) != 0) {
            sources.add("global");
        }
        return sources.length() == 0 ? "no event" : sources.toString();
    }

    /// The first value after the start is a change; what was before is not known.
    private static Handler power(Fields fields, Build build) {
        FieldReader shader = fields.get("shader_bitmap");
        FieldReader tiler = fields.get("tiler_bitmap");
        FieldReader l2 = fields.get("l2_bitmap");
        return event -> {
            long cores = shader.number(event, 0);
            boolean isOff = (cores | tiler.number(event, 0) | l2.number(event, 0)) == 0;
            String label =
                    isOff
                            ? "off"
                            : "shader 0x"
                                    + Long.toHexString(cores)
                                    + ", tiler 0x"
                                    + Long.toHexString(tiler.number(event, 0))
                                    + ", l2 0x"
                                    + Long.toHexString(l2.number(event, 0));
            Style style = isOff ? Style.IDLE : cores == 0 ? Style.QUEUED : Style.RUNNING;
            build.rowOf(event).state(event, label, style);
        };
    }

    private static Handler frequency(Fields fields, Build build, String field, long scale) {
        FieldReader frequency = fields.get(field);
        String name = fields.typeName();
        return event -> {
            RowBuilder row = build.rowOf(event);
            if (row.kind.equals("gpu") && frequency.isPresent(event)) {
                row.step(event, frequency.number(event, 0) * scale, Unit.COUNT);
            } else {
                row.instant(event, name, Style.IDLE, Glyph.TICK);
            }
        };
    }

    /// One counter per process; pid 0 is the sum of all.
    private static Handler memory(Fields fields, Build build) {
        FieldReader pid = fields.get("pid");
        FieldReader size = fields.get("size");
        Set<Long> owners = new TreeSet<>();
        return event -> {
            RowBuilder gpu = build.rowOf(event);
            long owner = pid.number(event, 0);
            if (!owners.contains(owner) && owners.size() >= MOST_PROCESSES) {
                gpu.instant(event, "memory of pid " + owner, Style.IDLE, Glyph.TICK);
                return;
            }
            owners.add(owner);
            String name = owner == 0 ? "all processes" : "pid " + owner;
            build.child(gpu.id, "memory", name).step(event, size.number(event, 0), Unit.BYTES);
        };
    }

    private static Handler dependency(Fields fields, Build build, String what) {
        FieldReader onContext = fields.get("ctx");
        FieldReader onSeqno = fields.get("seqno");
        Style style = what.startsWith("waits") ? Style.WAITING : Style.IDLE;
        return event ->
                build.rowOf(event)
                        .instant(
                                event,
                                build.label(
                                        what + onContext.text(event) + ":" + Labels.DECIMAL,
                                        onSeqno.number(event, 0)),
                                style,
                                Glyph.TICK);
    }
}
