package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.SchedEvent.JobStep;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// A `drm_sched_entity`: a queue of jobs that run one after the other. It holds two fence contexts,
/// one for scheduled and one for finished fences.
///
/// kernel: drivers/gpu/drm/scheduler/sched_entity.c (v6.11)
public final class DrmSchedEntity {
    /// MAX_WAIT_SCHED_ENTITY_Q_EMPTY.
    private static final long FLUSH_NS = 1_000_000_000;

    private final DrmScheduler scheduler;
    private final KernelContext kernel;
    private final long fenceContext;
    private final Deque<DrmSchedJob> jobs = new ArrayDeque<>();
    private final DmaFence.Callback wakeUp = this::dependencySignaled;
    private final WaitQueue idle;
    private @Nullable DmaFence dependency;
    private @Nullable DmaFence lastScheduled;
    private long lastSeqno;
    private boolean inUse;
    private boolean stopped;

    DrmSchedEntity(DrmScheduler scheduler, KernelContext kernel) {
        this.scheduler = scheduler;
        this.kernel = kernel;
        fenceContext = kernel.allocateFenceContexts(2);
        idle = new WaitQueue(kernel.sim());
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
        if (first && stopped) {
            kernel.log("drm_sched_rq_add_entity", "Trying to push to a killed entity");
        } else if (first) {
            scheduler.wakeUp();
        }
    }

    @Nullable DrmSchedJob head() {
        return jobs.peek();
    }

    /// `drm_sched_entity_is_ready`.
    boolean isReady() {
        return !stopped && !jobs.isEmpty() && dependency == null;
    }

    /// `drm_sched_entity_pop_job`: null while the head still waits for a fence.
    @Nullable DrmSchedJob pop() {
        DrmSchedJob job = jobs.peek();
        if (job == null) {
            return null;
        }
        DmaFence fence = job.nextDependency();
        while (fence != null) {
            scheduler.tracepoints().waitDep(job, fence);
            if (mustWaitFor(job, fence)) {
                scheduler.tracepoints().unschedulable(job, fence);
                return null;
            }
            fence = job.nextDependency();
        }
        setLastScheduled(job.finished().get());
        return jobs.poll();
    }

    /// `reinit_completion` and `complete_all` of `entity_idle`: the scheduler works on it.
    void setInUse(boolean use) {
        inUse = use;
        if (!use) {
            idle.wakeAll();
        }
    }

    /// `drm_sched_entity_destroy`: waits for the queue to drain, for a second at most, then kills
    /// what is left. Blocks.
    public void destroy() {
        flush(FLUSH_NS);
        kill();
        DmaFence waitedFor = dependency;
        if (waitedFor != null) {
            waitedFor.removeCallback(wakeUp);
            waitedFor.put();
            dependency = null;
        }
        setLastScheduled(null);
    }

    /// `drm_sched_entity_flush`: waits until every job has been started.
    ///
    /// @return whether they all were
    boolean flush(long timeoutNs) {
        return scheduler.jobScheduled().await(() -> stopped || jobs.isEmpty(), timeoutNs);
    }

    /// `drm_sched_entity_kill`: ends jobs that have not run, with -ESRCH, each after what it
    /// depends on and after the one before it. Blocks while the scheduler works on the entity.
    public void kill() {
        stopped = true;
        idle.await(() -> !inUse, WaitQueue.FOREVER);
        DmaFence prev = lastScheduled;
        while (!jobs.isEmpty()) {
            DrmSchedJob job = jobs.remove();
            DmaFence before = prev == null ? null : prev.get();
            DmaFence finished = job.finished();
            if (before == null || !before.addCallback(fence -> killed(job, fence))) {
                killed(job, before);
            }
            prev = finished;
        }
    }

    /// `drm_sched_entity_kill_jobs_cb`: goes on in a work item.
    private void killed(DrmSchedJob job, @Nullable DmaFence waitedFor) {
        if (waitedFor != null) {
            waitedFor.put();
        }
        kernel.systemQueue()
                .item("drm_sched_entity_kill_jobs_work", scheduler.gid(), () -> killWork(job))
                .queue();
    }

    /// `drm_sched_entity_kill_jobs_work`.
    private void killWork(DrmSchedJob job) {
        DmaFence fence = job.takeDependency();
        while (fence != null) {
            DmaFence awaited = finishedOf(fence);
            if (awaited.addCallback(signaled -> killed(job, signaled))) {
                return;
            }
            awaited.put();
            fence = job.takeDependency();
        }
        job.scheduled().signal();
        job.finished().setError(Errno.ESRCH);
        job.trace(JobStep.DONE, null, Errno.ESRCH);
        job.finished().signal();
        scheduler.free(job);
    }

    /// A dependency that was reduced to a scheduled fence is waited for in full. Hands the
    /// reference on.
    private static DmaFence finishedOf(DmaFence fence) {
        DrmSchedFence job = fence.schedFence();
        if (job == null || fence != job.scheduled()) {
            return fence;
        }
        DmaFence finished = job.finished().get();
        fence.put();
        return finished;
    }

    /// `drm_sched_entity_add_dependency_cb`: fences of the entity itself are kept in order by the
    /// queue; of another job of the same scheduler it is enough that it was started.
    private boolean mustWaitFor(DrmSchedJob job, DmaFence fence) {
        if (fence.context() == fenceContext || fence.context() == fenceContext + 1) {
            return false;
        }
        DrmSchedFence other = fence.schedFence();
        DmaFence awaited =
                fence.error() == 0 && other != null && other.scheduler() == scheduler
                        ? other.scheduled()
                        : fence;
        boolean isOpen = !awaited.isSignaled();
        dependency = awaited.get();
        if (isOpen) {
            job.trace(JobStep.DEP_WAIT, awaited.objectId(), 0);
        }
        if (awaited.addCallback(wakeUp)) {
            return true;
        }
        dependency = null;
        awaited.put();
        return false;
    }

    private void dependencySignaled(DmaFence fence) {
        dependency = null;
        fence.put();
        scheduler.wakeUp();
    }

    private void setLastScheduled(@Nullable DmaFence fence) {
        DmaFence old = lastScheduled;
        lastScheduled = fence;
        if (old != null) {
            old.put();
        }
    }
}
