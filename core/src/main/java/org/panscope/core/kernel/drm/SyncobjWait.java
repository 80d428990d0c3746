package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.sim.ThreadListener;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.SyncobjWaitArgs;
import org.panscope.trace.event.FenceEvent;
import org.panscope.trace.event.FenceEvent.WaitStep;

import java.util.ArrayList;
import java.util.List;

/// The wait of DRM_IOCTL_SYNCOBJ_WAIT and _TIMELINE_WAIT for one or all points of several syncobjs.
/// A fence that is replaced while somebody waits for it is still waited for.
///
/// kernel: drm_syncobj.c, drm_syncobj_array_wait_timeout
public final class SyncobjWait {
    /// One of the points.
    ///
    /// @param pid thread that waits
    /// @param via handle it waits through
    /// @param flags DRM_SYNCOBJ_WAIT_FLAGS_*
    /// @param deadlineNs when it gives up, null for never
    public record Entry(
            long pid,
            DrmSyncobj syncobj,
            DrmSyncobj.Handle via,
            long point,
            int flags,
            @Nullable Long deadlineNs) {
        /// As it is listed in the state: who, for what, until when.
        public String text() {
            return "thread:"
                    + pid
                    + "/point:"
                    + Long.toUnsignedString(point)
                    + "/flags:0x"
                    + Integer.toHexString(flags)
                    + (deadlineNs == null ? "" : "/until:" + deadlineNs);
        }
    }

    /// What [#firstSignaled] answers when nobody noted one.
    private static final int NONE = -1;

    private final KernelContext kernel;
    private final List<Entry> entries = new ArrayList<>();
    private final List<SyncobjWaiter> waiters = new ArrayList<>();
    private final List<DmaFence> withCallback = new ArrayList<>();
    private final WaitQueue wake;
    private final DmaFence.Callback signaled;
    private final int flags;
    private final @Nullable Long deadlineNs;
    private int firstSignaled = NONE;

    /// @param timeoutNs absolute time of CLOCK_MONOTONIC; one that has passed means poll
    public SyncobjWait(KernelContext kernel, int flags, long timeoutNs) {
        this.kernel = kernel;
        this.flags = flags;
        deadlineNs = timeoutNs == Long.MAX_VALUE ? null : (Long) timeoutNs;
        wake = new WaitQueue(kernel.sim(), ThreadListener.Rest.INTERRUPTIBLE);
        signaled = fence -> wake.wakeAll();
    }

    /// Adds a point to wait for; 0 is whatever fence there is.
    public void add(DrmSyncobj syncobj, DrmSyncobj.Handle via, long point) {
        long pid = kernel.sim().current().pid();
        entries.add(new Entry(pid, syncobj.get(), via, point, flags, deadlineNs));
        waiters.add(new SyncobjWaiter(point, wake::wakeAll));
    }

    /// Index of the first one seen signalled, or of none, which is all ones.
    public int firstSignaled() {
        return firstSignaled;
    }

    /// Blocks.
    ///
    /// @return 0, -EINVAL for a point that is not there, or -ETIME
    public int await() {
        int result = look();
        if (result == Errno.EAGAIN) {
            entries.forEach(this::begin);
            result = block();
            int answer = result;
            entries.forEach(entry -> end(entry, answer));
        }
        release();
        return result;
    }

    /// Takes what is there already.
    ///
    /// @return 0, -EINVAL, or -EAGAIN when it has to wait
    private int look() {
        int count = 0;
        for (int i = 0; i < entries.size(); i++) {
            DmaFence fence = entries.get(i).syncobj().findFence(entries.get(i).point()).fence();
            if (fence == null) {
                if (!waitsForFences()) {
                    return Errno.EINVAL;
                }
                continue;
            }
            waiters.get(i).found(fence);
            if (has(SyncobjWaitArgs.WAIT_AVAILABLE) || fence.isSignaled()) {
                firstSignaled = count == 0 ? i : firstSignaled;
                count++;
            }
        }
        boolean enough = count == entries.size() || (count > 0 && !has(SyncobjWaitArgs.WAIT_ALL));
        return enough ? 0 : Errno.EAGAIN;
    }

    private int block() {
        if (waitsForFences()) {
            for (int i = 0; i < entries.size(); i++) {
                entries.get(i).syncobj().addWaiter(waiters.get(i));
            }
        }
        long nowNs = kernel.sim().nowNs();
        Long until = deadlineNs;
        long timeoutNs = until == null ? WaitQueue.FOREVER : Math.max(0, until - nowNs);
        if (wake.awaitInterruptible(this::isSatisfied, timeoutNs)) {
            return 0;
        }
        return kernel.sim().currentThread().isInterrupted() ? Errno.EINTR : Errno.ETIME;
    }

    private boolean isSatisfied() {
        int count = 0;
        for (int i = 0; i < waiters.size(); i++) {
            DmaFence fence = waiters.get(i).fence();
            if (fence == null || !isDone(fence)) {
                continue;
            }
            if (!has(SyncobjWaitArgs.WAIT_ALL)) {
                firstSignaled = i;
                return true;
            }
            count++;
        }
        return count == waiters.size();
    }

    private boolean isDone(DmaFence fence) {
        if (has(SyncobjWaitArgs.WAIT_AVAILABLE) || fence.isSignaled()) {
            return true;
        }
        if (withCallback.contains(fence)) {
            return false;
        }
        if (!fence.addCallback(signaled)) {
            return true;
        }
        withCallback.add(fence);
        return false;
    }

    private void release() {
        withCallback.forEach(fence -> fence.removeCallback(signaled));
        for (int i = 0; i < entries.size(); i++) {
            DrmSyncobj syncobj = entries.get(i).syncobj();
            syncobj.removeWaiter(waiters.get(i));
            DmaFence fence = waiters.get(i).fence();
            if (fence != null) {
                fence.put();
            }
            syncobj.put();
        }
    }

    private boolean waitsForFences() {
        return has(SyncobjWaitArgs.WAIT_FOR_SUBMIT) || has(SyncobjWaitArgs.WAIT_AVAILABLE);
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private void begin(Entry entry) {
        entry.syncobj().waitBegins(entry);
        tell(WaitStep.BEGIN, entry, null);
    }

    private void end(Entry entry, int result) {
        entry.syncobj().waitEnds(entry);
        tell(WaitStep.END, entry, result);
    }

    private void tell(WaitStep step, Entry entry, @Nullable Integer result) {
        kernel.sim()
                .emit(
                        entry.syncobj().track(),
                        new FenceEvent.SyncobjWait(
                                step,
                                entry.syncobj().id(),
                                entry.via().fileId(),
                                entry.via().handle(),
                                entry.pid(),
                                entry.point(),
                                flags & 0xffff_ffffL,
                                entry.deadlineNs(),
                                result));
    }
}
