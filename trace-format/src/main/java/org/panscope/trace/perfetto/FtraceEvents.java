package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// The ftrace events Perfetto has messages for, as far as they tell of a GPU, of what it waits for,
/// and of the machine around it. Others keep their bytes.
///
/// perfetto: protos/perfetto/trace/ftrace/ftrace_event.proto and the files it imports; the order of
/// fields is that of the kernel's include/trace/events
final class FtraceEvents {
    /// Number of the message that is text written to `trace_marker`.
    static final int PRINT = 3;

    static final int SCHED_SWITCH = 4;
    static final int SCHED_WAKING = 20;
    static final int GPU_MEM_TOTAL = 340;

    /// Number of the message for events the recorder has no message for.
    static final int GENERIC = 327;

    /// From here on numbers are given while recording and described in the file.
    static final int FIRST_DESCRIBED = 65_536;

    private static final String FENCE = "driver=2s timeline=4s context=1u seqno=3u";
    private static final String WAKEUP = "comm=1s pid=2i prio=3i success=4i target_cpu=5i";
    private static final String CLOCK = "name=1s state=2u cpu_id=3u";
    private static final String JOB =
            "entity=1x fence=2x name=6s id=4u job_count=5u hw_job_count=3i";
    private static final String STABLE_JOB =
            "name=1s job_count=2u hw_job_count=3u dev=4s fence_context=5u fence_seqno=6u"
                    + " client_id=7u";
    private static final String DEPENDENCY = "fence_context=1u fence_seqno=2u ctx=3u seqno=4u";
    private static final String WORK = "work=1x function=2f";
    private static final String CQS = "kctx_tgid=5i kctx_id=4u id=1u info_val1=2u info_val2=3u";
    private static final String KCPU_FENCE =
            "kctx_tgid=3i kctx_id=4u id=5u info_val1=1u info_val2=2u";
    private static final String MALI = "kctx_tgid=1i kctx_id=2u info_val=3u";
    private static final String VIRTIO =
            "dev=2i vq=9u name=5s type=8u flags=4u fence_id=3u ctx_id=1u num_free=6u seqno=7u";

    /// `mali_PM_MCU_*`, 510 and following.
    private static final String[] MCU_STATES = {
        "HCTL_CORES_DOWN_SCALE_NOTIFY_PEND",
        "HCTL_CORES_NOTIFY_PEND",
        "HCTL_CORE_INACTIVE_PEND",
        "HCTL_MCU_ON_RECHECK",
        "HCTL_SHADERS_CORE_OFF_PEND",
        "HCTL_SHADERS_PEND_OFF",
        "HCTL_SHADERS_PEND_ON",
        "HCTL_SHADERS_READY_OFF",
        "IN_SLEEP",
        "OFF",
        "ON",
        "ON_CORE_ATTR_UPDATE_PEND",
        "ON_GLB_REINIT_PEND",
        "ON_HALT",
        "ON_HWCNT_DISABLE",
        "ON_HWCNT_ENABLE",
        "ON_PEND_HALT",
        "ON_PEND_SLEEP",
        "ON_SLEEP_INITIATE",
        "PEND_OFF",
        "PEND_ON_RELOAD",
        "POWER_DOWN",
        "RESET_WAIT",
    };

    private static final Map<Integer, EventDeclaration> BY_NUMBER = new HashMap<>();

    static {
        scheduler();
        machine();
        gpu();
        mali();
    }

    private FtraceEvents() {}

    /// The events that have a message of their own, by field number.
    static Map<Integer, EventDeclaration> all() {
        return Map.copyOf(BY_NUMBER);
    }

    /// The event with this number, or null.
    static @Nullable EventDeclaration get(int number) {
        return BY_NUMBER.get(number);
    }

    private static void add(int number, String name, String fields) {
        BY_NUMBER.put(number, EventDeclaration.parse(name + " " + fields));
    }

    private static void scheduler() {
        add(
                SCHED_SWITCH,
                "sched_switch",
                "prev_comm=1s prev_pid=2i prev_prio=3i prev_state=4i next_comm=5s next_pid=6i"
                        + " next_prio=7i");
        add(17, "sched_wakeup", WAKEUP);
        add(SCHED_WAKING, "sched_waking", WAKEUP);
        add(114, "sched_wakeup_new", WAKEUP);
        add(18, "sched_blocked_reason", "pid=1i caller=2x io_wait=3u");
        add(19, "sched_cpu_hotplug", "affected_cpu=1i error=2i status=3i");
        add(235, "task_newtask", "pid=1i comm=2s clone_flags=3u oom_score_adj=4i");
        add(236, "task_rename", "pid=1i oldcomm=2s newcomm=3s oom_score_adj=4i");
        add(237, "sched_process_exec", "filename=1s pid=2i old_pid=3i");
        add(238, "sched_process_exit", "comm=1s pid=2i prio=4i tgid=3i");
        add(239, "sched_process_fork", "parent_comm=1s parent_pid=2i child_comm=3s child_pid=4i");
        add(240, "sched_process_free", "comm=1s pid=2i prio=3i");
        add(241, "sched_process_hang", "comm=1s pid=2i");
        add(242, "sched_process_wait", "comm=1s pid=2i prio=3i");
        add(491, "sched_migrate_task", "comm=1s pid=2i prio=3i orig_cpu=4i dest_cpu=5i");
    }

    private static void machine() {
        add(11, "cpu_frequency", "state=1u cpu_id=2u");
        add(12, "cpu_frequency_limits", "min_freq=1u max_freq=2u cpu_id=3u");
        add(13, "cpu_idle", "state=1u cpu_id=2u");
        add(14, "clock_enable", CLOCK);
        add(15, "clock_disable", CLOCK);
        add(16, "clock_set_rate", CLOCK);
        add(24, "softirq_entry", "vec=1u");
        add(25, "softirq_exit", "vec=1u");
        add(26, "softirq_raise", "vec=1u");
        add(36, "irq_handler_entry", "irq=1i name=2s");
        add(37, "irq_handler_exit", "irq=1i ret=2i");
        add(56, "workqueue_activate_work", WORK);
        add(57, "workqueue_execute_end", WORK);
        add(58, "workqueue_execute_start", WORK);
        add(59, "workqueue_queue_work", WORK + " workqueue=3s req_cpu=4i cpu=5i");
        add(113, "suspend_resume", "action=1s val=2i start=3u");
        add(320, "clk_enable", "name=1s");
        add(321, "clk_disable", "name=1s");
        add(322, "clk_set_rate", "name=1s rate=2u");
        add(329, "sys_enter", "id=1i args=2a");
        add(330, "sys_exit", "id=1i ret=2i");
        add(489, "rpm_status", "name=1s status=2i");
        add(542, "kprobe_event", "name=1s type=2i");
    }

    private static void gpu() {
        add(38, "sync_pt", "timeline=1s value=2s");
        add(39, "sync_timeline", "name=1s value=2s");
        add(40, "sync_wait", "name=1s status=2i begin=3u");
        add(80, "mdss_tracing_mark_write", "pid=1i trace_name=2s trace_begin=3u");
        add(316, "fence_init", FENCE);
        add(317, "fence_destroy", FENCE);
        add(318, "fence_enable_signal", FENCE);
        add(319, "fence_signaled", FENCE);
        add(332, "gpu_frequency", "gpu_id=1u state=2u");
        add(GPU_MEM_TOTAL, "gpu_mem_total", "gpu_id=1u pid=2u size=3u");
        add(409, "drm_vblank_event", "crtc=1i seq=3u time=4i high_prec=2u");
        add(410, "drm_vblank_event_delivered", "file=2x crtc=1i seq=3u");
        add(411, "drm_sched_job", JOB);
        add(412, "drm_run_job", JOB);
        add(413, "drm_sched_process_job", "fence=1x");
        add(414, "dma_fence_init", FENCE);
        add(415, "dma_fence_emit", FENCE);
        add(416, "dma_fence_signaled", FENCE);
        add(417, "dma_fence_wait_start", FENCE);
        add(418, "dma_fence_wait_end", FENCE);
        add(468, "virtio_gpu_cmd_queue", VIRTIO);
        add(469, "virtio_gpu_cmd_response", VIRTIO);
        add(
                488,
                "gpu_work_period",
                "gpu_id=1u uid=2u start_time_ns=3u end_time_ns=4u total_active_duration_ns=5u");
        add(
                541,
                "devfreq_frequency",
                "dev_name=1s freq=2u prev_freq=3u busy_time=4u total_time=5u");
        add(591, "drm_sched_job_add_dep", DEPENDENCY);
        add(592, "drm_sched_job_done", "fence_context=1u fence_seqno=2u");
        add(593, "drm_sched_job_queue", STABLE_JOB);
        add(594, "drm_sched_job_run", STABLE_JOB);
        add(595, "drm_sched_job_unschedulable", DEPENDENCY);
        add(601, "gpu_power_state", "old_state=1i new_state=2i");
    }

    private static void mali() {
        add(350, "mali_tracing_mark_write", "name=1s pid=2i type=3u value=4i");
        add(470, "mali_KCPU_CQS_SET", CQS);
        add(471, "mali_KCPU_CQS_WAIT_START", CQS);
        add(472, "mali_KCPU_CQS_WAIT_END", CQS);
        add(473, "mali_KCPU_FENCE_SIGNAL", KCPU_FENCE);
        add(474, "mali_KCPU_FENCE_WAIT_START", KCPU_FENCE);
        add(475, "mali_KCPU_FENCE_WAIT_END", KCPU_FENCE);
        add(482, "mali_CSF_INTERRUPT_START", MALI);
        add(483, "mali_CSF_INTERRUPT_END", MALI);
        for (int i = 0; i < MCU_STATES.length; i++) {
            add(510 + i, "mali_PM_MCU_" + MCU_STATES[i], MALI);
        }
        add(548, "mali_gpu_power_state", "change_ns=1u from_state=2i to_state=3i");
    }
}
