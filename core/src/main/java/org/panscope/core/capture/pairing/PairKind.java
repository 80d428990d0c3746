package org.panscope.core.capture.pairing;

import java.util.List;

/// Kinds of intervals in a capture, with the kernel's names of the events at their ends, newest
/// names first.
public enum PairKind {
    /// A job of the GPU scheduler, from the push to the ring to the driver's run callback.
    JOB_QUEUED(
            "job-queued",
            "job queued → run",
            "drm_sched_job_queue drm_sched_job amd_sched_job amdgpu_cs_ioctl",
            "drm_sched_job_run drm_run_job amdgpu_sched_run_job"),
    /// A job on the hardware, as the driver sees it.
    JOB_RUN(
            "job-run",
            "job run → done",
            "drm_sched_job_run drm_run_job amdgpu_sched_run_job",
            "drm_sched_job_done drm_sched_process_job amd_sched_process_job dma_fence_signaled"
                    + " fence_signaled"),
    /// A fence, from its making to its signal.
    FENCE(
            "fence",
            "fence made → signalled",
            "dma_fence_init fence_init",
            "dma_fence_signaled fence_signaled"),
    /// A thread that waits for a fence.
    FENCE_WAIT(
            "fence-wait",
            "wait for a fence → woken",
            "dma_fence_wait_start fence_wait_start",
            "dma_fence_wait_end fence_wait_end"),
    /// A handler of an interrupt line on a CPU.
    INTERRUPT("irq", "interrupt entry → exit", "irq_handler_entry", "irq_handler_exit"),
    /// A softirq on a CPU.
    SOFTIRQ("softirq", "softirq entry → exit", "softirq_entry", "softirq_exit"),
    /// A work item that waits for a worker.
    WORK_QUEUED(
            "work-queued",
            "work item queued → started",
            "workqueue_queue_work",
            "workqueue_execute_start"),
    /// A work item on a worker.
    WORK("work", "work item started → ended", "workqueue_execute_start", "workqueue_execute_end"),
    /// A group on a CSG slot, by probes on panthor's functions (`capture-script --kprobes`).
    GROUP_BOUND(
            "group-bound",
            "group bound to a CSG slot → unbound",
            "group_bind_locked",
            "group_unbind_locked");

    private final String label;
    private final String title;
    private final String begins;
    private final String ends;

    PairKind(String label, String title, String begins, String ends) {
        this.label = label;
        this.title = title;
        this.begins = begins;
        this.ends = ends;
    }

    /// A stable word for machines.
    public String label() {
        return label;
    }

    /// What people read.
    public String title() {
        return title;
    }

    /// Events that begin such an interval, by their plain names.
    public List<String> begins() {
        return List.of(begins.split(" ", -1));
    }

    /// Events that end one.
    public List<String> ends() {
        return List.of(ends.split(" ", -1));
    }
}
