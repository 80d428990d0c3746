package org.panscope.trace.ftrace.payload;

import org.panscope.trace.ftrace.payload.PrintFormat.Named;

import java.util.List;

/// Words that texts of a trace show for numbers in its records.
public final class KernelWords {
    private static final List<Named> TASK_STATES =
            List.of(
                    new Named(0x01, "S"),
                    new Named(0x02, "D"),
                    new Named(0x04, "T"),
                    new Named(0x08, "t"),
                    new Named(0x10, "X"),
                    new Named(0x20, "Z"),
                    new Named(0x40, "P"),
                    new Named(0x80, "I"));
    private static final List<String> SOFTIRQS =
            List.of(
                    "HI",
                    "TIMER",
                    "NET_TX",
                    "NET_RX",
                    "BLOCK",
                    "IRQ_POLL",
                    "TASKLET",
                    "SCHED",
                    "HRTIMER",
                    "RCU");

    private KernelWords() {}

    /// Name of a softirq by its vector, or the number.
    ///
    /// kernel: include/trace/events/irq.h, show_softirq_name
    public static String softirq(long vector) {
        return vector >= 0 && vector < SOFTIRQS.size()
                ? SOFTIRQS.get((int) vector)
                : Long.toString(vector);
    }

    /// As [#softirq(long)], by the names a capture's own format lists, if it lists any.
    public static String softirq(long vector, List<Named> listed) {
        for (Named named : listed) {
            if (named.value() == vector) {
                return named.name();
            }
        }
        return listed.isEmpty() ? softirq(vector) : Long.toString(vector);
    }

    /// As trace-cmd's plug-in writes it: `S`, `D|T`, `R`. The kernel's own text has a `+` behind it
    /// for a task that was preempted, which the number still shows.
    ///
    /// libtraceevent: plugin_sched_switch.c, write_state; kernel: include/trace/events/sched.h
    public static String taskState(long state) {
        return taskState(state, TASK_STATES);
    }

    /// As [#taskState(long)], by the letters a capture's own format lists, if it lists any: they
    /// differ between kernels.
    public static String taskState(long state, List<Named> listed) {
        StringBuilder text = new StringBuilder();
        for (Named named : listed.isEmpty() ? TASK_STATES : listed) {
            if (named.value() != 0 && (state & named.value()) == named.value()) {
                text.append(text.isEmpty() ? "" : "|").append(named.name());
            }
        }
        return text.isEmpty() ? "R" : text.toString();
    }
}
