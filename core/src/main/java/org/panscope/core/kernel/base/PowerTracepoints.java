package org.panscope.core.kernel.base;

import org.panscope.core.uapi.Errno;

import java.util.function.IntSupplier;

/// The tracepoints of runtime power management of the GPU, as its core hits them for the calls the
/// driver makes.
///
/// kernel: drivers/base/power/runtime.c; include/trace/events/rpm.h
final class PowerTracepoints {
    private static final int RPM_ASYNC = 0x01;
    private static final int RPM_NOWAIT = 0x02;
    private static final int RPM_GET_PUT = 0x04;
    private static final int RPM_AUTO = 0x08;

    /// What the core answers when the device is as wanted already.
    private static final int ALREADY = 1;

    private final Tracepoints tracepoints;
    private final IntSupplier usage;
    private boolean requestPending;

    /// @param usage the device's usage count
    PowerTracepoints(Tracepoints tracepoints, IntSupplier usage) {
        this.tracepoints = tracepoints;
        this.usage = usage;
    }

    /// `pm_runtime_resume_and_get` begins.
    void resume() {
        hit(Tracepoint.RPM_RESUME, RPM_GET_PUT);
    }

    /// It found the device up, perhaps after waiting for somebody else's doing.
    void wasUp() {
        returns("rpm_resume+0x8c/0x7b8", ALREADY);
    }

    /// It brought the device up, or failed to.
    void resumed(int result) {
        if (result == 0) {
            hit(Tracepoint.RPM_IDLE, RPM_ASYNC);
            returns("rpm_idle+0x78/0x3d0", Errno.EAGAIN);
        }
        returns("rpm_resume+0x8c/0x7b8", result);
    }

    /// `pm_runtime_get` of a device that is up.
    void get() {
        hit(Tracepoint.RPM_RESUME, RPM_GET_PUT | RPM_ASYNC);
        returns("rpm_resume+0x8c/0x7b8", ALREADY);
    }

    /// `pm_runtime_get_if_in_use`.
    void getIfInUse() {
        hit(Tracepoint.RPM_USAGE, 0);
    }

    /// `pm_runtime_put_autosuspend`: the last one arms the timer.
    void put() {
        int flags = RPM_GET_PUT | RPM_ASYNC | RPM_AUTO;
        if (usage.getAsInt() > 0) {
            hit(Tracepoint.RPM_USAGE, flags);
        } else {
            hit(Tracepoint.RPM_SUSPEND, flags);
            returns("rpm_suspend+0x6c/0x6f0", 0);
        }
    }

    /// The timer fired: a work is queued that suspends the device.
    ///
    /// @param queueWork does that
    void expired(Runnable queueWork) {
        hit(Tracepoint.RPM_SUSPEND, RPM_ASYNC | RPM_AUTO);
        requestPending = true;
        queueWork.run();
        returns("rpm_suspend+0x6c/0x6f0", 0);
    }

    /// That work begins; from here on nothing is requested any more.
    void workBegins() {
        requestPending = false;
    }

    void suspend() {
        hit(Tracepoint.RPM_SUSPEND, RPM_NOWAIT | RPM_AUTO);
    }

    void suspended() {
        returns("rpm_suspend+0x6c/0x6f0", 0);
    }

    private void hit(Tracepoint tracepoint, int flags) {
        if (!tracepoints.isOn(tracepoint)) {
            return;
        }
        tracepoints.hit(
                tracepoint,
                Tracepoints.DEVICE,
                (long) flags,
                (long) usage.getAsInt(),
                0L,
                1L,
                requestPending ? 1L : 0L,
                0L,
                0L);
    }

    /// ASSUMPTION: kernel.code_offsets.
    private void returns(String from, long result) {
        tracepoints.hit(Tracepoint.RPM_RETURN_INT, from, Tracepoints.DEVICE, result);
    }
}
