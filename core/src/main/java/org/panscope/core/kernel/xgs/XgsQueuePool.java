package org.panscope.core.kernel.xgs;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.HandleTable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.WorkItem;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.KernelEvent.WarnKind;
import org.panscope.trace.event.XgsEvent.RecheckCause;
import org.panscope.trace.event.XgsEvent.XgsRecheck;

import java.util.List;
import java.util.Map;

/// The XGS queues of an open file.
///
/// RFC patch 6/8: panthor_xgs.c, struct panthor_xgs_queue_pool
public final class XgsQueuePool {
    private static final int MAX_QUEUES = 128;

    /// The eventfd a caller wants.
    ///
    /// @param context null when there is none
    /// @param error why a descriptor is none, or 0
    public record WantedEventfd(@Nullable EventFdContext context, int error) {}

    private final XgsDevice device;
    private final KernelContext kernel;
    private final XgsOwner owner;
    private final HandleTable<XgsQueue> queues = new HandleTable<>(MAX_QUEUES);
    private final WorkItem recheckWork;
    private boolean destroyed;

    public XgsQueuePool(XgsDevice device, XgsOwner owner) {
        this.device = device;
        this.owner = owner;
        kernel = device.kernel();
        recheckWork =
                device.sched()
                        .workqueue()
                        .item("xgs_recheck", null, () -> recheck(RecheckCause.SIGNAL, null));
    }

    /// `panthor_xgs_queue_create`. A queue that cannot be completed is released as any other, with
    /// the error pointer it may hold.
    ///
    /// @return the handle or a negated errno
    public int create(WantedEventfd eventfd, @Nullable GpuVm vm) {
        XgsQueue queue = new XgsQueue(device, owner);
        if (eventfd.error() != 0) {
            queue.setErrorPointer();
            return failed(queue, eventfd.error());
        }
        if (eventfd.context() != null) {
            queue.setEventfd(eventfd.context());
        }
        if (vm == null) {
            return failed(queue, Errno.EINVAL);
        }
        queue.setVm(vm);
        queue.createScheduler();
        int handle = queues.add(queue);
        if (handle == HandleTable.FULL) {
            return failed(queue, Errno.EBUSY);
        }
        queue.published(handle, this::queueRecheck);
        return handle;
    }

    private static int failed(XgsQueue queue, int errno) {
        queue.put();
        return errno;
    }

    /// `panthor_xgs_queue_destroy`.
    ///
    /// @return 0 or -EINVAL
    public int destroy(int handle) {
        XgsQueue queue = queues.remove(handle);
        if (queue == null) {
            return Errno.EINVAL;
        }
        queue.destroy();
        return 0;
    }

    /// `panthor_xgs_queue_pool_destroy`: the file is closed.
    public void destroy() {
        for (Map.Entry<Integer, XgsQueue> entry : queues.entries()) {
            destroy(entry.getKey());
        }
        destroyed = true;
        recheckWork.cancelSync();
    }

    /// Whether its memory was given back.
    public boolean isDestroyed() {
        return destroyed;
    }

    /// Queues that have a handle.
    public List<XgsQueue> queues() {
        return queues.values();
    }

    /// `panthor_xgs_queue_pool_get_xgs_queue`: the queue with a reference. As posted it may be
    /// freed between being found and being referenced (R6).
    public @Nullable XgsQueue get(int handle) {
        XgsQueue queue = queues.get(handle);
        if (queue == null) {
            return null;
        }
        if (!kernel.driver().fixes().lockedLookup()) {
            kernel.spend(kernel.timings().listMoveNs());
        }
        return queue.isReleased() ? usedAfterFree(queue) : queue.get();
    }

    /// ASSUMPTION: kernel.oops: the caller goes on as if it had found nothing.
    private @Nullable XgsQueue usedAfterFree(XgsQueue queue) {
        kernel.sim()
                .emit(
                        kernel.kernelTrack(),
                        new KernelEvent.Warn(
                                WarnKind.OOPS,
                                "panthor_xgs_queue_pool_get_xgs_queue",
                                "use of freed " + queue.objectId()));
        return null;
    }

    /// `panthor_xgs_queue_pool_recheck`: as posted without a reference to the queue at hand (R6).
    ///
    /// @param gid group that made it necessary, if one
    public void recheck(RecheckCause cause, @Nullable Long gid) {
        long before = kernel.sim().current().cause();
        kernel.sim()
                .follow(
                        owner.track(),
                        new XgsRecheck(
                                owner.fileId(),
                                cause,
                                gid,
                                queues.values().size(),
                                device.sched().lock().isHeldByCurrent()));
        boolean holdsReference = kernel.driver().fixes().lockedLookup();
        Map.Entry<Integer, XgsQueue> entry = queues.next(0);
        while (entry != null) {
            XgsQueue queue = entry.getValue();
            if (holdsReference) {
                queue.get().recheck();
                queue.put();
            } else {
                kernel.spend(kernel.timings().listMoveNs());
                queue.recheck();
            }
            entry = queues.next(entry.getKey());
        }
        kernel.sim().current().setCause(before);
    }

    /// A SIGNAL may be what another queue waits for. In a work of its own, since the lock of the
    /// queue that signals is held.
    private void queueRecheck() {
        if (!destroyed) {
            recheckWork.queue();
        }
    }
}
