package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.WorkItem;
import org.panscope.core.kernel.base.Workqueue;
import org.panscope.core.sim.WaitQueue;
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
    private final @Nullable JobTimer timer;
    private final @Nullable Long gid;
    private final WaitQueue jobScheduled;
    private final JobTracepoints tracepoints;
    private final List<DrmSchedJob> pending = new ArrayList<>();
    private int creditCount;
    private boolean paused;
    private @Nullable DrmSchedJob inTimeout;
    private boolean freeGuilty;

    /// @param gid group it belongs to, for the events of its work items
    /// @param submitQueue where jobs are run
    /// @param timer for the job at the head, null for no limit (MAX_SCHEDULE_TIMEOUT)
    public DrmScheduler(
            KernelContext kernel,
            String name,
            Backend backend,
            int creditLimit,
            @Nullable Long gid,
            Workqueue submitQueue,
            @Nullable JobTimer timer) {
        this.name = name;
        this.backend = backend;
        this.creditLimit = creditLimit;
        this.timer = timer;
        this.gid = gid;
        jobScheduled = new WaitQueue(kernel.sim());
        tracepoints = new JobTracepoints(kernel);
        entity = new DrmSchedEntity(this, kernel);
        runJobWork = submitQueue.item("drm_sched_run_job_work", gid, this::runJobWork);
        freeJobWork = submitQueue.item("drm_sched_free_job_work", gid, this::freeJobWork);
        if (timer != null) {
            timer.onExpiry(this::timedOut);
        }
    }

    public String name() {
        return name;
    }

    /// Gives it another name, before it has a job.
    public void rename(String newName) {
        name = newName;
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

    /// The timer of the job at the head.
    ///
    /// @throws IllegalStateException when jobs have no limit
    public JobTimer timer() {
        JobTimer present = timer;
        if (present == null) {
            throw new IllegalStateException("scheduler=" + name + " has no timer");
        }
        return present;
    }

    JobTracepoints tracepoints() {
        return tracepoints;
    }

    /// `drm_sched_suspend_timeout`.
    public void suspendTimeout() {
        timer().suspend();
    }

    /// `drm_sched_resume_timeout`.
    public void resumeTimeout() {
        if (pending.isEmpty()) {
            timer().stop();
        } else {
            timer().resume();
        }
    }

    /// `drm_sched_fault`: the timeout handler runs at once.
    public void fault() {
        timer().expireNow();
    }

    /// [#stop(DrmSchedJob)] for nobody's fault.
    public void stop() {
        stop(null);
    }

    /// `drm_sched_stop`: nothing is started and finished jobs are not noticed until [#start]. Jobs
    /// that the hardware has are left without their callbacks, the newest first, and give their
    /// credits back; jobs that are done are freed. Blocks until neither work item runs.
    ///
    /// Parents stay with their jobs: panthor assigns the same ones again before it starts.
    ///
    /// @param guilty job whose timeout is being handled, which null stands for too: it goes back to
    ///   the head and is not freed
    public void stop(@Nullable DrmSchedJob guilty) {
        DrmSchedJob bad = guilty == null ? inTimeout : guilty;
        paused = true;
        runJobWork.cancelSync();
        freeJobWork.cancelSync();
        if (bad != null && !pending.contains(bad)) {
            pending.addFirst(bad);
        }
        for (DrmSchedJob job : List.copyOf(pending).reversed()) {
            DmaFence parent = job.parent();
            DmaFence.Callback callback = job.parentCallback();
            if (parent != null && callback != null && parent.removeCallback(callback)) {
                job.setParentCallback(null);
                creditCount -= job.credits();
            } else if (job.finished().hasSignaledFlag()) {
                pending.remove(job);
                if (bad != null && job.id() == bad.id()) {
                    freeGuilty = true;
                } else {
                    free(job);
                }
            }
        }
        if (timer != null) {
            timer.stop();
        }
    }

    /// [#start(int)] without an error.
    public void start() {
        start(0);
    }

    /// `drm_sched_start`: pending jobs get their callbacks and credits again. One whose parent has
    /// signalled meanwhile is done with its error, one without a parent with `errno`.
    ///
    /// @param errno negated; 0 stands for -ECANCELED
    public void start(int errno) {
        for (DrmSchedJob job : List.copyOf(pending)) {
            creditCount += job.credits();
            DmaFence parent = job.parent();
            if (parent == null) {
                jobDone(job, errno == 0 ? Errno.ECANCELED : errno);
            } else {
                awaitParent(job, parent);
            }
        }
        startTimeout();
        paused = false;
        wakeUp();
        freeJobWork.queue();
    }

    /// `drm_sched_entity_destroy` without its waiting, and `drm_sched_fini`; jobs the hardware
    /// still has are given back.
    public void destroy() {
        entity.kill();
        fini();
    }

    /// `drm_sched_entity_destroy` and `drm_sched_fini`: queued jobs have a second to be started.
    /// Blocks.
    public void flushAndDestroy() {
        entity.destroy();
        fini();
    }

    private void fini() {
        paused = true;
        runJobWork.cancelSync();
        freeJobWork.cancelSync();
        if (timer != null) {
            timer.stop();
        }
        while (!pending.isEmpty()) {
            DrmSchedJob job = pending.removeFirst();
            DmaFence parent = job.parent();
            DmaFence.Callback callback = job.parentCallback();
            if (parent != null && callback != null) {
                parent.removeCallback(callback);
            }
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

    /// Woken whenever a job was started.
    WaitQueue jobScheduled() {
        return jobScheduled;
    }

    @Nullable Long gid() {
        return gid;
    }

    void free(DrmSchedJob job) {
        backend.freeJob(job);
        job.freed();
    }

    private boolean fits(DrmSchedJob job) {
        return creditCount + job.credits() <= creditLimit;
    }

    private void runJobWork() {
        DrmSchedJob head = entity.head();
        if (paused || head == null || !entity.isReady() || !fits(head)) {
            return;
        }
        entity.setInUse(true);
        DrmSchedJob job = entity.pop();
        if (job == null) {
            entity.setInUse(false);
            return;
        }
        creditCount += job.credits();
        pending.add(job);
        startTimeout();
        job.trace(JobStep.RUN, null, 0);
        tracepoints.run(job);
        RunResult result = backend.runJob(job);
        entity.setInUse(false);
        DmaFence fence = result.fence();
        if (fence != null) {
            job.setParent(fence);
        }
        job.scheduled().signal();
        if (fence != null) {
            awaitParent(job, fence);
        } else {
            jobDone(job, result.error());
        }
        jobScheduled.wakeAll();
        wakeUp();
    }

    private void awaitParent(DrmSchedJob job, DmaFence parent) {
        DmaFence.Callback callback =
                signaled -> {
                    job.setParentCallback(null);
                    jobDone(job, signaled.error());
                };
        job.setParentCallback(callback);
        if (!parent.addCallback(callback)) {
            job.setParentCallback(null);
            jobDone(job, parent.error());
        }
    }

    private void jobDone(DrmSchedJob job, int error) {
        creditCount -= job.credits();
        tracepoints.done(job);
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
            if (timer != null) {
                timer.stop();
            }
            startTimeout();
            free(job);
        }
        wakeUp();
    }

    private void startTimeout() {
        if (timer != null && !pending.isEmpty() && !timer.isRunning() && !timer.isSuspended()) {
            timer.arm();
        }
    }

    /// `drm_sched_job_timedout`: the job is off the list while its timeout is handled, so that
    /// nobody frees it; [#stop(DrmSchedJob)] puts it back.
    private void timedOut() {
        DrmSchedJob bad = pending.isEmpty() ? null : pending.removeFirst();
        if (bad != null) {
            inTimeout = bad;
            backend.timedOutJob(bad);
            inTimeout = null;
            if (freeGuilty) {
                freeGuilty = false;
                free(bad);
            }
        }
        startTimeout();
    }
}
