package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.WorkItem;
import org.panscope.core.kernel.base.Workqueue;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Simulation;
import org.panscope.trace.event.SchedEvent.QueueTimer;
import org.panscope.trace.event.SchedEvent.TimerStep;
import org.panscope.trace.event.TraceEvent;

import java.util.function.IntSupplier;

/// The timeout of the job at the head of a drm_sched: `work_tdr`, which can be suspended with the
/// time it had left.
///
/// kernel: sched_main.c: drm_sched_start_timeout, _suspend_timeout, _resume_timeout (v6.11)
public final class JobTimer {
    /// How what the timer does is told.
    public interface Report {
        /// Lane of the queue it belongs to.
        int track();

        /// The event of a step.
        ///
        /// @param remainingNs time left when it runs or was suspended
        TraceEvent event(TimerStep step, @Nullable Long remainingNs);
    }

    private final KernelContext kernel;
    private final Report report;
    private final long timeoutNs;
    private final WorkItem work;
    private final Actor actor = new Actor("timer/job", 0, "timer");
    private Runnable expiry = () -> {};
    private Simulation.@Nullable Timer timer;
    private boolean unlimited;
    private boolean suspended;
    private long remainingNs;

    /// The timer of a group's queue.
    ///
    /// @param track lane of the queue
    /// @param timeoutQueue where the expiry is worked off
    public JobTimer(
            KernelContext kernel, long gid, int queue, IntSupplier track, Workqueue timeoutQueue) {
        this(
                kernel,
                new OfQueue(gid, queue, track),
                kernel.timings().jobTimeoutNs(),
                timeoutQueue,
                gid);
    }

    /// The timer of any scheduler.
    ///
    /// @param timeoutNs how long a job may run
    /// @param timeoutQueue where the expiry is worked off
    /// @param gid group it belongs to, if to one
    public JobTimer(
            KernelContext kernel,
            Report report,
            long timeoutNs,
            Workqueue timeoutQueue,
            @Nullable Long gid) {
        this.kernel = kernel;
        this.report = report;
        this.timeoutNs = timeoutNs;
        remainingNs = timeoutNs;
        work = timeoutQueue.item("drm_sched_job_timedout", gid, () -> expiry.run());
    }

    private record OfQueue(long gid, int queue, IntSupplier lane) implements Report {
        @Override
        public int track() {
            return lane.getAsInt();
        }

        @Override
        public TraceEvent event(TimerStep step, @Nullable Long remainingNs) {
            return new QueueTimer(gid, queue, step, remainingNs);
        }
    }

    /// `MAX_SCHEDULE_TIMEOUT`: it never runs by itself.
    public JobTimer unlimited() {
        unlimited = true;
        return this;
    }

    void onExpiry(Runnable action) {
        expiry = action;
    }

    public boolean isRunning() {
        return timer != null && timer.isPending();
    }

    public boolean isSuspended() {
        return suspended;
    }

    /// Time left, when it runs or is suspended.
    public long remainingNs() {
        return timer != null && timer.isPending()
                ? timer.timeNs() - kernel.sim().nowNs()
                : remainingNs;
    }

    void arm() {
        if (unlimited) {
            return;
        }
        suspended = false;
        remainingNs = timeoutNs;
        start();
    }

    /// `drm_sched_fault`: it is worked off as if the time were over.
    void expireNow() {
        cancel();
        suspended = false;
        emit(TimerStep.FIRE, null);
        work.queue();
    }

    void suspend() {
        if (!isRunning()) {
            return;
        }
        remainingNs = remainingNs();
        cancel();
        suspended = true;
        emit(TimerStep.SUSPEND, remainingNs);
    }

    void resume() {
        if (suspended) {
            suspended = false;
            start();
        }
    }

    void stop() {
        boolean was = isRunning() || suspended;
        cancel();
        suspended = false;
        remainingNs = timeoutNs;
        if (was) {
            emit(TimerStep.STOP, null);
        }
    }

    private void start() {
        timer =
                kernel.sim()
                        .schedule(
                                actor,
                                remainingNs,
                                Simulation.NORMAL,
                                () -> {
                                    kernel.sim()
                                            .follow(
                                                    report.track(),
                                                    report.event(TimerStep.FIRE, null));
                                    work.queue();
                                });
        emit(TimerStep.ARM, remainingNs);
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        work.cancel();
    }

    private void emit(TimerStep step, @Nullable Long remaining) {
        kernel.sim().emit(report.track(), report.event(step, remaining));
    }
}
