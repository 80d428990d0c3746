package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;

/// A `syncobj_wait_entry`: somebody who waits for a syncobj to hold the fence of a point.
///
/// kernel: drm_syncobj.c, drm_syncobj_fence_add_wait
final class SyncobjWaiter {
    private final long point;
    private final Runnable wake;
    private @Nullable DmaFence fence;

    /// @param wake lets the waiting thread look again
    SyncobjWaiter(long point, Runnable wake) {
        this.point = point;
        this.wake = wake;
    }

    long point() {
        return point;
    }

    /// The fence, with a reference, once there is one.
    @Nullable DmaFence fence() {
        return fence;
    }

    /// Takes over the reference.
    void found(DmaFence there) {
        fence = there;
        wake.run();
    }
}
