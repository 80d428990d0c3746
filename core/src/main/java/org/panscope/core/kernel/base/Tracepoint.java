package org.panscope.core.kernel.base;

import java.util.Locale;

/// Tracepoints of the emulated kernel: those a stock kernel has at places the emulation reaches.
/// Their fields and format strings are the importer's ([org.panscope.trace.ftrace]).
///
/// kernel: include/trace/events/{dma_fence,workqueue,irq,rpm,syscalls,sched}.h;
/// drivers/gpu/drm/scheduler/gpu_scheduler_trace.h; drivers/gpu/drm/panthor/panthor_trace.h
public enum Tracepoint {
    DRM_SCHED_JOB("gpu_scheduler", Kernels.OLD),
    DRM_RUN_JOB("gpu_scheduler", Kernels.OLD),
    DRM_SCHED_PROCESS_JOB("gpu_scheduler", Kernels.OLD),
    DRM_SCHED_JOB_WAIT_DEP("gpu_scheduler", Kernels.OLD),
    DRM_SCHED_JOB_QUEUE("gpu_scheduler", Kernels.NEW),
    DRM_SCHED_JOB_RUN("gpu_scheduler", Kernels.NEW),
    DRM_SCHED_JOB_DONE("gpu_scheduler", Kernels.NEW),
    DRM_SCHED_JOB_ADD_DEP("gpu_scheduler", Kernels.NEW),
    DRM_SCHED_JOB_UNSCHEDULABLE("gpu_scheduler", Kernels.NEW),
    DMA_FENCE_INIT("dma_fence", Kernels.ALL),
    DMA_FENCE_DESTROY("dma_fence", Kernels.ALL),
    DMA_FENCE_ENABLE_SIGNAL("dma_fence", Kernels.ALL),
    DMA_FENCE_SIGNALED("dma_fence", Kernels.ALL),
    GPU_POWER_STATUS("panthor", Kernels.NEW),
    GPU_JOB_IRQ("panthor", Kernels.NEW),
    WORKQUEUE_QUEUE_WORK("workqueue", Kernels.ALL),
    WORKQUEUE_ACTIVATE_WORK("workqueue", Kernels.ALL),
    WORKQUEUE_EXECUTE_START("workqueue", Kernels.ALL),
    WORKQUEUE_EXECUTE_END("workqueue", Kernels.ALL),
    IRQ_HANDLER_ENTRY("irq", Kernels.ALL),
    IRQ_HANDLER_EXIT("irq", Kernels.ALL),
    RPM_SUSPEND("rpm", Kernels.ALL),
    RPM_RESUME("rpm", Kernels.ALL),
    RPM_IDLE("rpm", Kernels.ALL),
    RPM_USAGE("rpm", Kernels.ALL),
    RPM_RETURN_INT("rpm", Kernels.ALL),
    SYS_ENTER("raw_syscalls", Kernels.ALL),
    SYS_EXIT("raw_syscalls", Kernels.ALL),
    SCHED_SWITCH("sched", Kernels.ALL);

    /// Which kernels have one: those before v6.17, those since, or all.
    private enum Kernels {
        OLD,
        NEW,
        ALL
    }

    private final String system;
    private final Kernels kernels;

    Tracepoint(String system, Kernels kernels) {
        this.system = system;
        this.kernels = kernels;
    }

    String system() {
        return system;
    }

    /// Name without its system, as the kernel prints it.
    String plainName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether the kernel of a driver has it. The series stands on v6.11; the driver of 2026 on
    /// v7.0.
    boolean isIn(DriverConfig driver) {
        return switch (kernels) {
            case OLD -> !driver.isMainline2026();
            case NEW -> driver.isMainline2026();
            case ALL -> true;
        };
    }
}
