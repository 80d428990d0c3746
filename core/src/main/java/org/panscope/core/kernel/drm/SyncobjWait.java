package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.SyncobjWaitArgs;

import java.util.List;

/// The wait of DRM_IOCTL_SYNCOBJ_WAIT for one or all of several binary syncobjs. A fence that is
/// replaced while somebody waits for it is still waited for.
///
/// kernel: drm_syncobj.c, drm_syncobj_array_wait_timeout
public final class SyncobjWait {
    private final KernelContext kernel;
    private final List<DrmSyncobj> syncobjs;
    private final @Nullable DmaFence[] fences;
    private final WaitQueue wake;
    private final boolean all;
    private final boolean forSubmit;
    private int firstSignaled;

    public SyncobjWait(KernelContext kernel, List<DrmSyncobj> syncobjs, int flags) {
        this.kernel = kernel;
        this.syncobjs = List.copyOf(syncobjs);
        fences = new DmaFence[syncobjs.size()];
        all = (flags & SyncobjWaitArgs.WAIT_ALL) != 0;
        forSubmit = (flags & SyncobjWaitArgs.WAIT_FOR_SUBMIT) != 0;
        wake = new WaitQueue(kernel.sim());
    }

    /// Index of the first one seen signalled.
    public int firstSignaled() {
        return firstSignaled;
    }

    /// Blocks.
    ///
    /// @param deadlineNs absolute; one that has passed means poll
    /// @return 0, -EINVAL for a syncobj without a fence, or -ETIME
    public int await(long deadlineNs) {
        DmaFence.Callback signaled = fence -> wake.wakeAll();
        adoptFences(signaled);
        if (!forSubmit && hasEmpty()) {
            release(signaled);
            return Errno.EINVAL;
        }
        Runnable replaced =
                () -> {
                    adoptFences(signaled);
                    wake.wakeAll();
                };
        syncobjs.forEach(syncobj -> syncobj.watch(replaced));
        long nowNs = kernel.sim().nowNs();
        long timeoutNs =
                deadlineNs == Long.MAX_VALUE ? WaitQueue.FOREVER : Math.max(0, deadlineNs - nowNs);
        boolean done = wake.awaitInterruptible(this::isSatisfied, timeoutNs);
        syncobjs.forEach(syncobj -> syncobj.unwatch(replaced));
        release(signaled);
        boolean interrupted = kernel.sim().currentThread().isInterrupted();
        return done ? 0 : interrupted ? Errno.EINTR : Errno.ETIME;
    }

    private void adoptFences(DmaFence.Callback signaled) {
        for (int i = 0; i < fences.length; i++) {
            DmaFence now = syncobjs.get(i).fence();
            if (fences[i] == null && now != null) {
                fences[i] = now.get();
                now.addCallback(signaled);
            }
        }
    }

    private boolean hasEmpty() {
        for (DmaFence fence : fences) {
            if (fence == null) {
                return true;
            }
        }
        return false;
    }

    private boolean isSatisfied() {
        int count = 0;
        for (int i = fences.length - 1; i >= 0; i--) {
            DmaFence fence = fences[i];
            if (fence != null && fence.isSignaled()) {
                firstSignaled = i;
                count++;
            }
        }
        return all ? count == fences.length : count > 0;
    }

    private void release(DmaFence.Callback signaled) {
        for (DmaFence fence : fences) {
            if (fence != null) {
                fence.removeCallback(signaled);
                fence.put();
            }
        }
    }
}
