package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;

import java.util.Map;
import java.util.TreeMap;

/// The machine around the GPU in a capture: interrupts, work items and who runs on which CPU, by
/// the names of the kernel's tracepoints (`include/trace/events/{irq,workqueue,sched}.h`).
final class CaptureHostRules {
    private CaptureHostRules() {}

    static void register(Rules rules, Build build) {
        rules.on("irq_handler_entry", fields -> irq(fields, build, true));
        rules.on("irq_handler_exit", fields -> irq(fields, build, false));
        Map<Integer, RowBuilder> workRows = new TreeMap<>();
        rules.on("workqueue_execute_start", fields -> work(fields, build, workRows, true));
        rules.on("workqueue_execute_end", fields -> work(fields, build, workRows, false));
    }

    /// Who runs on which CPU, which the vocabulary does not tell.
    static void registerCpus(Rules rules, Build build) {
        rules.on("sched_switch", fields -> schedSwitch(fields, build));
    }

    /// One handler runs at a time on a CPU for one line.
    private static Handler irq(Fields fields, Build build, boolean begins) {
        FieldReader irq = fields.get("irq");
        FieldReader name = fields.get("name");
        return event -> {
            RowBuilder row = build.rowOf(event);
            if (!row.kind.equals("irq")) {
                row =
                        build.child(
                                build.container(Section.IRQ).id,
                                "irq",
                                "irq " + irq.number(event, -1));
            }
            if (begins) {
                row.open(event.cpu(), event, name.text(event), Style.ACTIVITY);
            } else {
                row.close(event.cpu(), event, "exit", null);
            }
        };
    }

    /// A worker thread runs one item at a time; older kernels do not name the function at its end.
    /// Only items the capture gives a row of their own have bars.
    private static Handler work(
            Fields fields, Build build, Map<Integer, RowBuilder> running, boolean begins) {
        FieldReader function = fields.get("function");
        return event -> {
            String name = function.text(event).isEmpty() ? "work" : function.text(event);
            RowBuilder begun = begins ? null : running.remove(event.pid());
            RowBuilder row = begun != null ? begun : build.rowOf(event);
            if (!row.kind.equals("work")) {
                row.instant(event, name, Style.IDLE, Glyph.TICK);
            } else if (begins) {
                running.put(event.pid(), row);
                row.open(event.pid(), event, name, Style.RUNNING);
            } else {
                row.close(event.pid(), event, name, null);
            }
        };
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

    private static RowBuilder cpuRow(Build build, EventCursor event) {
        RowBuilder own = build.rowOf(event);
        return own.kind.equals("cpu")
                ? own
                : build.child(build.container(Section.CPUS).id, "cpu", "cpu " + event.cpu());
    }
}
