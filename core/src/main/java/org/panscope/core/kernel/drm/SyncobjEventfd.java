package org.panscope.core.kernel.drm;

import org.panscope.core.kernel.base.EventFdContext;

/// A `syncobj_eventfd_entry`: an eventfd to be signalled once, when a point is there or has
/// signalled.
///
/// kernel: drm_syncobj.c, drm_syncobj_eventfd_ioctl, syncobj_eventfd_entry_func
public final class SyncobjEventfd {
    private final EventFdContext eventfd;
    private final long point;
    private final boolean available;

    /// @param available a fence for the point is enough, it need not have signalled
    public SyncobjEventfd(EventFdContext eventfd, long point, boolean available) {
        this.eventfd = eventfd;
        this.point = point;
        this.available = available;
    }

    /// Looks at the syncobj's fence.
    ///
    /// @return whether it is done with the syncobj
    boolean look(DrmSyncobj syncobj) {
        DmaFence fence = syncobj.findFence(point).fence();
        if (fence == null) {
            return false;
        }
        boolean waits =
                !available
                        && fence.addCallback(signaled -> {
                            eventfd.signal();
                            signaled.put();
                        });
        if (!waits) {
            eventfd.signal();
            fence.put();
        }
        return true;
    }
}
