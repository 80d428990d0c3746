package org.panscope.core.kernel.base;

import org.jspecify.annotations.Nullable;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.SchedEvent.Reset;
import org.panscope.trace.event.SchedEvent.ResetStep;

import java.util.function.BooleanSupplier;

/// The device's `reset`: whether one is asked for, whether the firmware may be restarted without
/// loading it again, and the ordered workqueue on which resets, pings and job timeouts run one
/// after the other. What a reset does is given by [#connect].
///
/// kernel: panthor_device.h: struct panthor_device.reset, panthor_device_schedule_reset
public final class DeviceReset {
    private final KernelContext kernel;
    private final Workqueue queue;
    private final int track;
    private @Nullable WorkItem work;
    private BooleanSupplier active = () -> false;
    private boolean pending;
    private boolean inProgress;
    private boolean fast;
    private int stopped;
    private int started;

    DeviceReset(KernelContext kernel) {
        this.kernel = kernel;
        queue = new Workqueue(kernel, "panthor-reset-wq", 1);
        track = TrackNames.kernel(kernel.sim());
    }

    /// Says what a reset is.
    ///
    /// @param deviceActive whether the device is powered and neither resuming nor suspending
    /// @param body `panthor_device_reset_work`
    public void connect(BooleanSupplier deviceActive, Runnable body) {
        active = deviceActive;
        work = queue.item("panthor_device_reset_work", null, body);
    }

    /// `panthor-reset-wq`.
    public Workqueue queue() {
        return queue;
    }

    /// `panthor_device_schedule_reset`: only the first caller has an effect, and only on a device
    /// that is up is the work queued.
    ///
    /// @param reason for the record
    public void schedule(String reason) {
        if (pending) {
            return;
        }
        pending = true;
        tell(ResetStep.SCHEDULED, reason);
        if (active.getAsBoolean()) {
            queueWork();
        }
    }

    /// Queues the work of a reset that has been pending while the device was down.
    public void queueWork() {
        if (work != null) {
            work.queue();
        }
    }

    /// `cancel_work_sync` of the reset.
    public void cancelWork() {
        if (work != null) {
            work.cancelSync();
        }
    }

    /// `panthor_device_reset_is_pending`.
    public boolean isPending() {
        return pending;
    }

    /// The reset is no longer asked for.
    ///
    /// @param step how that came
    public void clearPending(ResetStep step) {
        pending = false;
        tell(step, null);
    }

    /// The scheduler's `reset.in_progress`: its works are not queued and its lists not touched.
    public boolean isInProgress() {
        return inProgress;
    }

    /// Sets `reset.in_progress`.
    public void setInProgress(boolean now) {
        inProgress = now;
        if (now) {
            stopped = 0;
            started = 0;
        }
        tell(now ? ResetStep.PRE_BEGIN : ResetStep.POST_END, null);
    }

    /// A group's queues stand still from now on.
    public void groupStopped() {
        stopped++;
    }

    /// A group's queues go on.
    public void groupStarted() {
        started++;
    }

    /// `reset.fast`: whether the firmware was halted in good order.
    public boolean isFast() {
        return fast;
    }

    public void setFast(boolean isFast) {
        fast = isFast;
    }

    /// Records a step.
    public void tell(ResetStep step, @Nullable String reason) {
        kernel.sim().emit(track, new Reset(step, stopped, pending, inProgress, started, reason));
    }
}
