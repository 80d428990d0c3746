package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;

/// Who runs on which CPU, which the vocabulary does not tell (`include/trace/events/sched.h`).
final class CaptureCpuRules {
    private CaptureCpuRules() {}

    static void register(Rules rules, Build build) {
        rules.on("sched_switch", fields -> schedSwitch(fields, build));
        for (String name : new String[] {"sched_waking", "sched_wakeup", "sched_wakeup_new"}) {
            rules.on(name, fields -> wakeUp(fields, build));
        }
    }

    private static Handler schedSwitch(Fields fields, Build build) {
        FieldReader nextComm = fields.get("next_comm");
        FieldReader nextPid = fields.get("next_pid");
        return event -> {
            RowBuilder row = cpuRow(build, event);
            if (nextPid.number(event, -1) == 0) {
                row.noState();
            } else {
                row.state(event, nextComm.text(event), Style.IDENTITY);
            }
        };
    }

    private static Handler wakeUp(Fields fields, Build build) {
        FieldReader comm = fields.get("comm");
        return event ->
                build.rowOf(event)
                        .instant(event, "wakes " + comm.text(event), Style.IDLE, Glyph.TICK);
    }

    private static RowBuilder cpuRow(Build build, EventCursor event) {
        RowBuilder own = build.rowOf(event);
        return own.kind.equals("cpu")
                ? own
                : build.child(build.container(Section.CPUS).id, "cpu", "cpu " + event.cpu());
    }
}
