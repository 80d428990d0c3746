package org.panscope.trace.ftrace.payload;

import java.util.List;

/// Threads on CPUs, as the kernel prints them and as trace-cmd's plugin rewrites them
/// (include/trace/events/sched.h; libtraceevent plugin_sched_switch.c).
final class CpuSchedulerEvents {
    private CpuSchedulerEvents() {}

    static void register(PayloadDecoders decoders) {
        decoders.add(
                "sched_switch",
                EventFormat.of(
                                "prev_comm:text prev_pid:dec prev_prio:dec prev_state:word"
                                        + " next_comm:text next_pid:dec next_prio:dec")
                        .spelled(
                                "prev_comm=${prev_comm} prev_pid=${prev_pid}"
                                        + " prev_prio=${prev_prio} prev_state=${prev_state} ==>"
                                        + " next_comm=${next_comm} next_pid=${next_pid}"
                                        + " next_prio=${next_prio}")
                        .spelled(
                                "${prev_comm}:${prev_pid} [${prev_prio}] ${prev_state} ==>"
                                        + " ${next_comm}:${next_pid} [${next_prio}]"));
        EventFormat wakeup =
                EventFormat.of("comm:text pid:dec prio:dec target_cpu:index")
                        .spelled("comm=${comm} pid=${pid} prio=${prio} target_cpu=${target_cpu|03}")
                        .spelled("${comm}:${pid} [${prio}]{? ?}<CPU:${target_cpu}>")
                        .spelled("${comm}:${pid} [${prio}] CPU:${target_cpu}");
        EventFormat wakeupWithSuccess =
                EventFormat.of("comm:text pid:dec prio:dec success:dec target_cpu:index")
                        .spelled(
                                "comm=${comm} pid=${pid} prio=${prio} success=${success}"
                                        + " target_cpu=${target_cpu|03}")
                        .spelled(
                                "${comm}:${pid} [${prio}] success=${success}"
                                        + " CPU:${target_cpu}");
        for (String name : List.of("sched_waking", "sched_wakeup", "sched_wakeup_new")) {
            decoders.add(name, wakeup);
            decoders.add(name, wakeupWithSuccess);
        }
        decoders.add(
                "sched_migrate_task",
                EventFormat.of("comm:text pid:dec prio:dec orig_cpu:index dest_cpu:index")
                        .spelled(
                                "comm=${comm} pid=${pid} prio=${prio} orig_cpu=${orig_cpu}"
                                        + " dest_cpu=${dest_cpu}"));
        decoders.add(
                "sched_process_fork",
                EventFormat.of("parent_comm:text parent_pid:dec child_comm:text child_pid:dec")
                        .spelled(
                                "comm=${parent_comm} pid=${parent_pid}"
                                        + " child_comm=${child_comm} child_pid=${child_pid}"));
        EventFormat process =
                EventFormat.of("comm:text pid:dec prio:dec")
                        .spelled("comm=${comm} pid=${pid} prio=${prio}");
        for (String name : List.of("sched_process_exit", "sched_process_free", "sched_wait_task")) {
            decoders.add(name, process);
        }
    }
}
