package org.panscope.core.kernel.base;

import org.panscope.core.sim.WaitQueue;

/// Whether the device is still there. Code that touches the hardware stands between [#enter] and
/// [#exit]; once the device is unplugged nobody gets in any more, and unplugging waits for those
/// who are.
///
/// kernel: drivers/gpu/drm/drm_drv.c: drm_dev_enter, drm_dev_exit, drm_dev_unplug
public final class DrmDevice {
    private final WaitQueue left;
    private int inside;
    private boolean unplugged;

    DrmDevice(KernelContext kernel) {
        left = new WaitQueue(kernel.sim());
    }

    /// `drm_dev_is_unplugged`.
    public boolean isUnplugged() {
        return unplugged;
    }

    /// `drm_dev_enter`.
    ///
    /// @return false when the device is gone; [#exit] must not be called then
    public boolean enter() {
        if (unplugged) {
            return false;
        }
        inside++;
        return true;
    }

    /// `drm_dev_exit`.
    public void exit() {
        if (inside == 0) {
            throw new IllegalStateException("drm_dev_exit without drm_dev_enter");
        }
        inside--;
        if (inside == 0) {
            left.wakeAll();
        }
    }

    /// `drm_dev_unplug`: nobody is inside when this returns.
    public void unplug() {
        unplugged = true;
        left.await(() -> inside == 0, WaitQueue.FOREVER);
    }
}
