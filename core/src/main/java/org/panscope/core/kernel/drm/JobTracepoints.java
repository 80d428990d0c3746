package org.panscope.core.kernel.drm;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.KernelPointers;
import org.panscope.core.kernel.base.Tracepoint;
import org.panscope.core.kernel.base.Tracepoints;

import java.util.List;

/// The GPU scheduler's tracepoints, in the forms of v6.10 to v6.16 and since v6.17. A kernel has
/// either; the other's are never on.
///
/// kernel: drivers/gpu/drm/scheduler/gpu_scheduler_trace.h; sched_entity.c, sched_main.c
final class JobTracepoints {
    private static final long LOW_32 = 0xffff_ffffL;

    private final Tracepoints tracepoints;

    JobTracepoints(KernelContext kernel) {
        tracepoints = kernel.tracepoints();
    }

    /// A job is about to be pushed to its entity.
    void queue(DrmSchedJob job) {
        step(Tracepoint.DRM_SCHED_JOB, Tracepoint.DRM_SCHED_JOB_QUEUE, job);
        if (tracepoints.isOn(Tracepoint.DRM_SCHED_JOB_ADD_DEP)) {
            for (DmaFence dependency : job.dependencies()) {
                dependency(Tracepoint.DRM_SCHED_JOB_ADD_DEP, job, dependency);
            }
        }
    }

    /// A job is about to be run; its credits are taken.
    void run(DrmSchedJob job) {
        step(Tracepoint.DRM_RUN_JOB, Tracepoint.DRM_SCHED_JOB_RUN, job);
    }

    /// A job is done; its credits are given back, its finished fence is about to signal.
    void done(DrmSchedJob job) {
        DmaFence finished = job.finished();
        if (tracepoints.isOn(Tracepoint.DRM_SCHED_PROCESS_JOB)) {
            tracepoints.hit(Tracepoint.DRM_SCHED_PROCESS_JOB, pointer(finished));
        }
        if (tracepoints.isOn(Tracepoint.DRM_SCHED_JOB_DONE)) {
            tracepoints.hit(Tracepoint.DRM_SCHED_JOB_DONE, finished.context(), finished.seqno());
        }
    }

    /// The head of an entity has this dependency, signalled or not.
    void waitDep(DrmSchedJob job, DmaFence dependency) {
        if (tracepoints.isOn(Tracepoint.DRM_SCHED_JOB_WAIT_DEP)) {
            tracepoints.hit(
                    Tracepoint.DRM_SCHED_JOB_WAIT_DEP,
                    job.entity().scheduler().name(),
                    id(job),
                    pointer(dependency),
                    dependency.context(),
                    dependency.seqno() & LOW_32);
        }
    }

    /// The head of an entity waits for this.
    void unschedulable(DrmSchedJob job, DmaFence dependency) {
        dependency(Tracepoint.DRM_SCHED_JOB_UNSCHEDULABLE, job, dependency);
    }

    private void step(Tracepoint old, Tracepoint now, DrmSchedJob job) {
        boolean isOld = tracepoints.isOn(old);
        if (!isOld && !tracepoints.isOn(now)) {
            return;
        }
        DrmSchedEntity entity = job.entity();
        DmaFence finished = job.finished();
        String ring = entity.scheduler().name();
        List<DrmSchedJob> queued = entity.queued();
        long credits = entity.scheduler().creditCount();
        if (isOld) {
            tracepoints.hit(
                    old,
                    KernelPointers.entity(entity.fenceContext()),
                    pointer(finished),
                    ring,
                    id(job),
                    (long) queued.size(),
                    credits);
        } else {
            tracepoints.hit(
                    now,
                    ring,
                    (long) queued.size(),
                    credits,
                    Tracepoints.DEVICE,
                    finished.context(),
                    finished.seqno(),
                    job.drmClientId());
        }
    }

    private void dependency(Tracepoint tracepoint, DrmSchedJob job, DmaFence dependency) {
        if (tracepoints.isOn(tracepoint)) {
            DmaFence finished = job.finished();
            tracepoints.hit(
                    tracepoint,
                    finished.context(),
                    finished.seqno(),
                    dependency.context(),
                    dependency.seqno());
        }
    }

    /// Jobs are counted by their scheduler, which has one entity, and so are the entity's fences.
    private static long id(DrmSchedJob job) {
        return job.finished().seqno();
    }

    private static long pointer(DmaFence fence) {
        return KernelPointers.fence(fence.context(), fence.seqno());
    }
}
