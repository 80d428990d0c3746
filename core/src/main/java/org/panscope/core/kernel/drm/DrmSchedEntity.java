package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.SchedEvent.JobStep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A `drm_sched_entity`: a queue of jobs that run one after the other. It holds two fence contexts,
/// one for scheduled and one for finished fences.
///
/// kernel: drivers/gpu/drm/scheduler/sched_entity.c
public final class DrmSchedEntity {
    private final DrmScheduler scheduler;
    private final long fenceContext;
    private final Deque<DrmSchedJob> jobs = new ArrayDeque<>();
    private @Nullable DmaFence dependency;
    private long lastSeqno;

    DrmSchedEntity(DrmScheduler scheduler, KernelContext kernel) {
        this.scheduler = scheduler;
        fenceContext = kernel.allocateFenceContexts(2);
    }

    public DrmScheduler scheduler() {
        return scheduler;
    }

    /// Context of the scheduled fences; the next one is that of the finished fences.
    public long fenceContext() {
        return fenceContext;
    }

    /// Jobs that have not run yet.
    public List<DrmSchedJob> queued() {
        return List.copyOf(jobs);
    }

    /// The fence its head waits for, or null.
    public @Nullable DmaFence dependency() {
        return dependency;
    }

    long nextSeqno() {
        return ++lastSeqno;
    }

    /// `drm_sched_entity_push_job`.
    public void push(DrmSchedJob job) {
        scheduler.tracepoints().queue(job);
        boolean first = jobs.isEmpty();
        jobs.add(job);
        job.trace(JobStep.PUSHED, null, 0);
        if (first) {
            scheduler.wakeUp();
        }
    }

    @Nullable DrmSchedJob head() {
        return jobs.peek();
    }

    /// `drm_sched_entity_is_ready`.
    boolean isReady() {
        return !jobs.isEmpty() && dependency == null;
    }

    /// `drm_sched_entity_pop_job`: null while the head still waits for a fence.
    @Nullable DrmSchedJob pop() {
        DrmSchedJob job = jobs.peek();
        if (job == null) {
            return null;
        }
        DmaFence fence = job.takeDependency();
        while (fence != null) {
            scheduler.tracepoints().waitDep(job, fence);
            if (mustWaitFor(fence)) {
                scheduler.tracepoints().unschedulable(job, fence);
                dependency = fence;
                job.trace(JobStep.DEP_WAIT, fence.objectId(), 0);
                fence.addCallback(this::dependencySignaled);
                return null;
            }
            fence.put();
            fence = job.takeDependency();
        }
        return jobs.poll();
    }

    /// Ends jobs that have not run, with -ESRCH.
    ///
    /// Simplified: does not wait for their dependencies first.
    public void kill() {
        for (DrmSchedJob job : new ArrayList<>(jobs)) {
            job.scheduled().signal();
            job.finished().setError(Errno.ESRCH);
            job.trace(JobStep.DONE, null, Errno.ESRCH);
            job.finished().signal();
            scheduler.free(job);
        }
        jobs.clear();
    }

    /// Fences of the entity itself are kept in order by the queue.
    private boolean mustWaitFor(DmaFence fence) {
        boolean own = fence.context() == fenceContext || fence.context() == fenceContext + 1;
        return !own && !fence.isSignaled();
    }

    private void dependencySignaled(DmaFence fence) {
        dependency = null;
        fence.put();
        scheduler.wakeUp();
    }
}
