package org.panscope.trace.ftrace.payload;

import java.util.List;

/// Words that texts of a trace show for numbers in its records.
public final class KernelWords {
    private static final String TASK_STATES = "SDTtXZPI";
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

    /// As trace-cmd's plug-in writes it: `S`, `D|T`, `R`. The kernel's own text has a `+` behind it
    /// for a task that was preempted, which the number still shows.
    ///
    /// libtraceevent: plugin_sched_switch.c, write_state; kernel: include/trace/events/sched.h
    public static String taskState(long state) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < TASK_STATES.length(); i++) {
            if ((state & 1L << i) != 0) {
                text.append(text.isEmpty() ? "" : "|").append(TASK_STATES.charAt(i));
            }
        }
        return text.isEmpty() ? "R" : text.toString();
    }
}
