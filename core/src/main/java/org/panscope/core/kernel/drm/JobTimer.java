package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.WorkItem;
import org.panscope.core.kernel.base.Workqueue;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Simulation;
import org.panscope.trace.event.SchedEvent.QueueTimer;
import org.panscope.trace.event.SchedEvent.TimerStep;

import java.util.function.IntSupplier;

/// The timeout of the job at the head of a drm_sched: `work_tdr`, which can be suspended with the
/// time it had left.
///
/// kernel: sched_main.c: drm_sched_start_timeout, _suspend_timeout, _resume_timeout (v6.11)
public final class JobTimer {
    private final KernelContext kernel;
    private final long gid;
    private final int queue;
    private final IntSupplier track;
    private final WorkItem work;
    private final Actor actor = new Actor("timer/job", 0, "timer");
    private Runnable expiry = () -> {};
    private Simulation.@Nullable Timer timer;
    private boolean unlimited;
    private boolean suspended;
    private long remainingNs;

    /// @param track lane of the queue
    /// @param timeoutQueue where the expiry is worked off
    public JobTimer(
            KernelContext kernel, long gid, int queue, IntSupplier track, Workqueue timeoutQueue) {
        this.kernel = kernel;
        this.gid = gid;
        this.queue = queue;
        this.track = track;
        remainingNs = kernel.timings().jobTimeoutNs();
        work = timeoutQueue.item("drm_sched_job_timedout", gid, () -> expiry.run());
    }

    /// `MAX_SCHEDULE_TIMEOUT`: it never runs by itself.
    public JobTimer unlimited() {
        unlimited = true;
        return this;
    }

    /// Works off an expiry at once.
    void expireNow() {
        work.modDelayed(0);
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
        remainingNs = kernel.timings().jobTimeoutNs();
        start();
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
        remainingNs = kernel.timings().jobTimeoutNs();
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
                                                    track.getAsInt(),
                                                    new QueueTimer(
                                                            gid, queue, TimerStep.FIRE, null));
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
        kernel.sim().emit(track.getAsInt(), new QueueTimer(gid, queue, step, remaining));
    }
}
