package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.HandleTable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.SyncUpdateArgs;
import org.panscope.core.uapi.XgsQueueCreateArgs;
import org.panscope.core.uapi.XgsQueueDestroyArgs;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.KernelEvent.WarnKind;
import org.panscope.trace.event.SchedEvent.PmOwner;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.XgsEvent.RecheckCause;
import org.panscope.trace.event.XgsEvent.XgsRecheck;

import java.nio.ByteBuffer;

/// XGS queues and SYNC_UPDATE.
///
/// RFC patches 6/8 and 8/8
final class XgsIoctls {
    private final PanthorFile file;
    private final KernelContext kernel;

    XgsIoctls(PanthorFile file) {
        this.file = file;
        kernel = file.kernel();
    }

    int create(ByteBuffer args) {
        GpuVm vm = file.vms().get(args.getInt(XgsQueueCreateArgs.VM_ID));
        if (args.getInt(XgsQueueCreateArgs.PAD) != 0 || vm == null) {
            return Errno.EINVAL;
        }
        int fd = args.getInt(XgsQueueCreateArgs.EVENTFD_SYNC_UPDATE);
        EventFdContext eventfd = fd >= 0 ? file.eventfdAt(fd) : null;
        if (fd >= 0 && eventfd == null) {
            kernel.sim()
                    .emit(
                            file.track(),
                            new KernelEvent.Warn(
                                    WarnKind.OOPS,
                                    "xgs_queue_release_work",
                                    "eventfd_ctx_put of an error pointer, fd=" + fd));
            return file.hasFd(fd) ? Errno.EINVAL : Errno.EBADF;
        }
        XgsQueue queue = new XgsQueue(kernel, file, vm, eventfd);
        int handle = file.xgsQueues().add(queue);
        if (handle == HandleTable.FULL) {
            return Errno.EBUSY;
        }
        queue.created(handle);
        args.putInt(XgsQueueCreateArgs.HANDLE, handle);
        return 0;
    }

    int destroy(ByteBuffer args) {
        if (args.getInt(XgsQueueDestroyArgs.PAD) != 0) {
            return Errno.EINVAL;
        }
        XgsQueue queue = file.xgsQueues().remove(args.getInt(XgsQueueDestroyArgs.HANDLE));
        if (queue == null) {
            return Errno.EINVAL;
        }
        queue.destroy();
        return 0;
    }

    int syncUpdate(ByteBuffer args) {
        if (args.getLong(SyncUpdateArgs.PAD) != 0) {
            return Errno.EINVAL;
        }
        DeviceContext device = file.device();
        boolean inUse = device.pm().getIfInUse(PmOwner.IOCTL);
        if (inUse) {
            device.firmware().ringGlobalDoorbell(Ringer.GLB);
            device.pm().put(PmOwner.IOCTL);
        }
        boolean queued = device.sched().queueSyncUpd();
        kernel.sim()
                .emit(
                        file.track(),
                        new KernelEvent.SyncUpdate(file.fileId(), inUse, inUse, queued));
        recheck(file, RecheckCause.IOCTL, null);
        return 0;
    }

    /// `panthor_xgs_queue_pool_recheck`.
    static void recheck(PanthorFile file, RecheckCause cause, @Nullable Long gid) {
        file.kernel()
                .sim()
                .emit(
                        file.track(),
                        new XgsRecheck(
                                file.fileId(), cause, gid, file.xgsQueues().values().size()));
    }
}
