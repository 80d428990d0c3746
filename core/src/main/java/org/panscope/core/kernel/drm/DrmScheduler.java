package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.WorkItem;
import org.panscope.core.kernel.base.Workqueue;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.SchedEvent.JobStep;

import java.util.ArrayList;
import java.util.List;

/// A `drm_gpu_scheduler` with one entity: runs jobs in order while their credits fit, signals their
/// finished fences when the fence the driver returned signals.
///
/// kernel: drivers/gpu/drm/scheduler/sched_main.c (v6.11)
public final class DrmScheduler {
    /// The driver's part: `drm_sched_backend_ops`.
    public interface Backend {
        /// Starts a job.
        RunResult runJob(DrmSchedJob job);

        /// The head job ran too long.
        void timedOutJob(DrmSchedJob job);

        void freeJob(DrmSchedJob job);
    }

    /// What `run_job` returns: a fence, nothing, or an error pointer.
    ///
    /// @param fence signals when the hardware is done, null when it is done already
    /// @param error 0 or a negated errno
    public record RunResult(@Nullable DmaFence fence, int error) {
        public static RunResult of(@Nullable DmaFence fence) {
            return new RunResult(fence, 0);
        }

        public static RunResult failed(int error) {
            return new RunResult(null, error);
        }
    }

    private String name;
    private final Backend backend;
    private final int creditLimit;
    private final DrmSchedEntity entity;
    private final WorkItem runJobWork;
    private final WorkItem freeJobWork;
    private final JobTimer timer;
    private final DmaFence.Callback parentSignaled = this::parentSignaled;
    private final List<DrmSchedJob> pending = new ArrayList<>();
    private int creditCount;
    private boolean paused;

    /// @param gid group it belongs to, for the events of its work items
    /// @param submitQueue where jobs are run
    /// @param timer for the job at the head
    public DrmScheduler(
            KernelContext kernel,
            String name,
            Backend backend,
            int creditLimit,
            @Nullable Long gid,
            Workqueue submitQueue,
            JobTimer timer) {
        this.name = name;
        this.backend = backend;
        this.creditLimit = creditLimit;
        this.timer = timer;
        entity = new DrmSchedEntity(this, kernel);
        runJobWork = submitQueue.item("drm_sched_run_job_work", gid, this::runJobWork);
        freeJobWork = submitQueue.item("drm_sched_free_job_work", gid, this::freeJobWork);
        timer.onExpiry(this::timedOut);
    }

    public String name() {
        return name;
    }

    /// Gives it another name, before it has a job.
    public void rename(String newName) {
        name = newName;
    }

    /// `drm_sched_fault`: the head job counts as timed out at once.
    public void fault() {
        timer.expireNow();
    }

    public DrmSchedEntity entity() {
        return entity;
    }

    public int creditLimit() {
        return creditLimit;
    }

    /// Credits of the jobs that run.
    public int creditCount() {
        return creditCount;
    }

    /// Jobs that run or are done and not freed yet.
    public List<DrmSchedJob> pending() {
        return List.copyOf(pending);
    }

    public JobTimer timer() {
        return timer;
    }

    /// `drm_sched_suspend_timeout`.
    public void suspendTimeout() {
        timer.suspend();
    }

    /// `drm_sched_resume_timeout`.
    public void resumeTimeout() {
        if (pending.isEmpty()) {
            timer.stop();
        } else {
            timer.resume();
        }
    }

    /// `drm_sched_stop`: nothing is started and finished jobs are not noticed until [#start].
    public void stop() {
        paused = true;
        runJobWork.cancelSync();
        freeJobWork.cancelSync();
        for (DrmSchedJob job : pending.reversed()) {
            DmaFence parent = job.parent();
            if (parent != null && parent.removeCallback(parentSignaled)) {
                creditCount -= job.credits();
            }
        }
        timer.stop();
    }

    /// `drm_sched_start`.
    public void start() {
        for (DrmSchedJob job : new ArrayList<>(pending)) {
            if (job.finished().isSignaled()) {
                continue;
            }
            creditCount += job.credits();
            DmaFence parent = job.parent();
            if (parent == null) {
                jobDone(job, Errno.ECANCELED);
            } else if (!parent.addCallback(parentSignaled)) {
                jobDone(job, parent.error());
            }
        }
        paused = false;
        startTimeout();
        wakeUp();
        freeJobWork.queue();
    }

    /// `drm_sched_fini` and `drm_sched_entity_destroy`.
    public void destroy() {
        entity.kill();
        paused = true;
        runJobWork.cancelSync();
        freeJobWork.cancelSync();
        timer.stop();
        for (DrmSchedJob job : new ArrayList<>(pending)) {
            pending.remove(job);
            free(job);
        }
    }

    /// `drm_sched_wakeup`: looks for something to run if there is room.
    void wakeUp() {
        DrmSchedJob head = entity.head();
        if (!paused && head != null && fits(head)) {
            runJobWork.queue();
        }
    }

    void free(DrmSchedJob job) {
        backend.freeJob(job);
        job.trace(JobStep.FREED, null, 0);
        job.cleanUp();
    }

    private boolean fits(DrmSchedJob job) {
        return creditCount + job.credits() <= creditLimit;
    }

    private void runJobWork() {
        DrmSchedJob head = entity.head();
        if (paused || head == null || !entity.isReady() || !fits(head)) {
            return;
        }
        DrmSchedJob job = entity.pop();
        if (job == null) {
            return;
        }
        creditCount += job.credits();
        pending.add(job);
        startTimeout();
        job.trace(JobStep.RUN, null, 0);
        RunResult result = backend.runJob(job);
        job.scheduled().signal();
        DmaFence fence = result.fence();
        if (fence != null) {
            job.setParent(fence);
            if (!fence.addCallback(parentSignaled)) {
                jobDone(job, fence.error());
            }
        } else {
            jobDone(job, result.error());
        }
        wakeUp();
    }

    private void parentSignaled(DmaFence parent) {
        for (DrmSchedJob job : pending) {
            if (job.parent() == parent && !job.finished().isSignaled()) {
                jobDone(job, parent.error());
                return;
            }
        }
    }

    private void jobDone(DrmSchedJob job, int error) {
        creditCount -= job.credits();
        DmaFence parent = job.parent();
        job.trace(JobStep.DONE, parent == null ? null : parent.objectId(), error);
        if (error != 0) {
            job.finished().setError(error);
        }
        job.finished().signal();
        freeJobWork.queue();
    }

    private void freeJobWork() {
        while (!paused && !pending.isEmpty() && pending.getFirst().finished().isSignaled()) {
            DrmSchedJob job = pending.removeFirst();
            timer.stop();
            startTimeout();
            free(job);
        }
        wakeUp();
    }

    private void startTimeout() {
        if (!pending.isEmpty() && !timer.isRunning() && !timer.isSuspended()) {
            timer.arm();
        }
    }

    private void timedOut() {
        if (pending.isEmpty()) {
            return;
        }
        backend.timedOutJob(pending.getFirst());
        startTimeout();
    }
}
