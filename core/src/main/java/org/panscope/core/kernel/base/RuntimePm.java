package org.panscope.core.kernel.base;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Simulation;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.SchedEvent.Pm;
import org.panscope.trace.event.SchedEvent.PmOwner;
import org.panscope.trace.event.SchedEvent.PmStep;

/// Runtime power management of the device: a usage count, and a suspend a while after it fell to 0.
///
/// kernel: drivers/base/power/runtime.c; panthor_device.c: panthor_device_suspend, _resume
public final class RuntimePm {
    /// `panthor_device.pm.state`.
    public enum State {
        SUSPENDED,
        RESUMING,
        ACTIVE,
        SUSPENDING
    }

    /// The device's own part.
    public interface Device {
        /// Brings the device up.
        ///
        /// @return 0 or a negated errno
        int runtimeResume();

        void runtimeSuspend();

        int groupsOnSlot();

        /// Groups on a slot whose INSERT and EXTRACT differ.
        int groupsWithWork();
    }

    private final KernelContext kernel;
    private final Simulation sim;
    private final Device device;
    private final int track;
    private final WaitQueue changed;
    private final WorkItem suspendWork;
    private final Actor timerActor = new Actor("timer/pm", 0, "timer");
    private State state = State.SUSPENDED;
    private int usage;
    private boolean failed;
    private Simulation.@Nullable Timer autosuspend;

    public RuntimePm(KernelContext kernel, Device device) {
        this.kernel = kernel;
        this.sim = kernel.sim();
        this.device = device;
        track = TrackNames.pm(sim);
        changed = new WaitQueue(sim);
        suspendWork =
                new Workqueue(kernel, "pm", 1).item("pm_runtime_work", null, this::autosuspend);
    }

    public State state() {
        return state;
    }

    public int usage() {
        return usage;
    }

    /// `pm_runtime_resume_and_get`: blocks until the device is up. Once bringing it up has failed,
    /// it is not tried again; the driver of 2026 clears that error (`recovery_needed`).
    ///
    /// @return 0, or a negated errno and then no reference is held
    public int resumeAndGet(PmOwner owner) {
        usage++;
        disarm();
        emit(PmStep.GET, owner);
        changed.await(() -> state == State.ACTIVE || state == State.SUSPENDED, WaitQueue.FOREVER);
        if (state == State.ACTIVE) {
            return 0;
        }
        if (failed) {
            usage--;
            emit(PmStep.RESUME_FAILED, owner);
            return Errno.EINVAL;
        }
        state = State.RESUMING;
        emit(PmStep.RESUME_BEGIN, owner);
        int result = device.runtimeResume();
        if (result == 0) {
            state = State.ACTIVE;
            emit(PmStep.RESUME_END, owner);
        } else {
            failed = !kernel.driver().isMainline2026();
            state = State.SUSPENDED;
            usage--;
            emit(PmStep.RESUME_FAILED, owner);
        }
        changed.wakeAll();
        return result;
    }

    /// `pm_runtime_get` of a caller that knows the device to be up.
    public void get(PmOwner owner) {
        usage++;
        disarm();
        emit(PmStep.GET, owner);
    }

    /// `pm_runtime_get_if_in_use`.
    public boolean getIfInUse(PmOwner owner) {
        boolean inUse = state == State.ACTIVE && usage > 0;
        if (inUse) {
            usage++;
        }
        emit(PmStep.GET_IF_IN_USE, owner);
        return inUse;
    }

    /// `pm_runtime_put_autosuspend`.
    public void put(PmOwner owner) {
        if (usage == 0) {
            throw new IllegalStateException("pm usage=0 put by owner=" + owner);
        }
        usage--;
        emit(PmStep.PUT, owner);
        if (usage == 0) {
            disarm();
            emit(PmStep.AUTOSUSPEND_ARMED, owner);
            autosuspend =
                    sim.schedule(
                            timerActor,
                            kernel.timings().autosuspendNs(),
                            Simulation.NORMAL,
                            suspendWork::queue);
        }
    }

    private void autosuspend() {
        changed.await(() -> state == State.ACTIVE || state == State.SUSPENDED, WaitQueue.FOREVER);
        if (usage != 0 || state == State.SUSPENDED) {
            return;
        }
        state = State.SUSPENDING;
        emit(PmStep.SUSPEND_BEGIN, PmOwner.AUTOSUSPEND);
        device.runtimeSuspend();
        state = State.SUSPENDED;
        emit(PmStep.SUSPEND_END, PmOwner.AUTOSUSPEND);
        changed.wakeAll();
    }

    private void disarm() {
        if (autosuspend != null) {
            autosuspend.cancel();
            autosuspend = null;
        }
    }

    private void emit(PmStep step, PmOwner owner) {
        sim.emit(track, new Pm(step, owner, usage, device.groupsOnSlot(), device.groupsWithWork()));
    }
}
