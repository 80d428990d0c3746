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

        /// Takes the device down.
        ///
        /// @return 0, or -EBUSY when it is needed after all and stays up
        int runtimeSuspend();

        int groupsOnSlot();

        /// Groups on a slot whose INSERT and EXTRACT differ.
        int groupsWithWork();
    }

    static final String WORKQUEUE = "pm";
    static final String TIMER = "timer/pm";

    private final KernelContext kernel;
    private final Simulation sim;
    private final Device device;
    private final int track;
    private final WaitQueue changed;
    private final WorkItem suspendWork;
    private final Actor timerActor = new Actor(TIMER, 0, "timer");
    private final PowerTracepoints tracepoints;
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
        tracepoints = new PowerTracepoints(kernel.tracepoints(), () -> usage);
        suspendWork =
                new Workqueue(kernel, WORKQUEUE, 1)
                        .item("pm_runtime_work", null, this::autosuspend);
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
        tracepoints.resume();
        changed.await(() -> state == State.ACTIVE || state == State.SUSPENDED, WaitQueue.FOREVER);
        if (state == State.ACTIVE) {
            tracepoints.wasUp();
            return 0;
        }
        if (failed) {
            usage--;
            emit(PmStep.RESUME_FAILED, owner);
            tracepoints.resumed(Errno.EINVAL);
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
        tracepoints.resumed(result);
        return result;
    }

    /// `pm_runtime_get` of a caller that knows the device to be up.
    public void get(PmOwner owner) {
        usage++;
        disarm();
        emit(PmStep.GET, owner);
        tracepoints.get();
    }

    /// `pm_runtime_get_if_in_use`.
    public boolean getIfInUse(PmOwner owner) {
        boolean inUse = state == State.ACTIVE && usage > 0;
        if (inUse) {
            usage++;
        }
        emit(PmStep.GET_IF_IN_USE, owner);
        tracepoints.getIfInUse();
        return inUse;
    }

    /// `pm_runtime_put_autosuspend`.
    public void put(PmOwner owner) {
        if (usage == 0) {
            throw new IllegalStateException("pm usage=0 put by owner=" + owner);
        }
        usage--;
        emit(PmStep.PUT, owner);
        tracepoints.put();
        if (usage == 0) {
            arm(owner);
        }
    }

    private void autosuspend() {
        tracepoints.workBegins();
        changed.await(() -> state == State.ACTIVE || state == State.SUSPENDED, WaitQueue.FOREVER);
        if (usage != 0 || state == State.SUSPENDED) {
            return;
        }
        tracepoints.suspend();
        state = State.SUSPENDING;
        emit(PmStep.SUSPEND_BEGIN, PmOwner.AUTOSUSPEND);
        int result = device.runtimeSuspend();
        state = result == 0 ? State.SUSPENDED : State.ACTIVE;
        emit(result == 0 ? PmStep.SUSPEND_END : PmStep.SUSPEND_ABORTED, PmOwner.AUTOSUSPEND);
        changed.wakeAll();
        tracepoints.suspended();
        if (result != 0 && usage == 0) {
            arm(PmOwner.AUTOSUSPEND);
        }
    }

    private void arm(PmOwner owner) {
        disarm();
        emit(PmStep.AUTOSUSPEND_ARMED, owner);
        autosuspend =
                sim.schedule(
                        timerActor,
                        kernel.timings().autosuspendNs(),
                        Simulation.NORMAL,
                        () -> tracepoints.expired(suspendWork::queue));
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
