package org.panscope.core.kernel.ioctl;

import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DmaResv;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.xgs.XgsJob;
import org.panscope.core.kernel.xgs.XgsQueue;
import org.panscope.core.kernel.xgs.XgsQueuePool.WantedEventfd;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.ObjArray;
import org.panscope.core.uapi.SyncOp;
import org.panscope.core.uapi.SyncUpdateArgs;
import org.panscope.core.uapi.XgsOp;
import org.panscope.core.uapi.XgsQueueCreateArgs;
import org.panscope.core.uapi.XgsQueueDestroyArgs;
import org.panscope.core.uapi.XgsQueueSubmitArgs;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.SchedEvent.PmOwner;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.XgsEvent.RecheckCause;

import java.nio.ByteBuffer;
import java.util.List;

/// XGS queues and SYNC_UPDATE.
///
/// RFC patches 6/8 and 8/8: panthor_drv.c
final class XgsIoctls {
    private static final int SUBMIT_FLAGS =
            XgsQueueSubmitArgs.ERROR_BARRIER_PRE | XgsQueueSubmitArgs.ERROR_BARRIER_POST;

    /// What a stack slot held that nobody wrote: the low half of a kernel pointer.
    private static final int STACK_GARBAGE = 0x81a3_c5e0;

    private final PanthorFile file;
    private final KernelContext kernel;

    XgsIoctls(PanthorFile file) {
        this.file = file;
        kernel = file.kernel();
    }

    /// `panthor_ioctl_xgs_queue_create`.
    int create(ByteBuffer args) {
        if (args.getInt(XgsQueueCreateArgs.PAD) != 0) {
            return Errno.EINVAL;
        }
        GpuVm vm = file.vms().get(args.getInt(XgsQueueCreateArgs.VM_ID));
        int result =
                file.xgsQueues()
                        .create(eventfd(args.getInt(XgsQueueCreateArgs.EVENTFD_SYNC_UPDATE)), vm);
        if (result < 0) {
            return result;
        }
        args.putInt(XgsQueueCreateArgs.HANDLE, result);
        return 0;
    }

    private WantedEventfd eventfd(int fd) {
        EventFdContext context = fd < 0 ? null : file.eventfdAt(fd);
        if (fd < 0 || context != null) {
            return new WantedEventfd(context, 0);
        }
        return new WantedEventfd(null, file.hasFd(fd) ? Errno.EINVAL : Errno.EBADF);
    }

    /// `panthor_ioctl_xgs_queue_destroy`.
    int destroy(ByteBuffer args) {
        return args.getInt(XgsQueueDestroyArgs.PAD) != 0
                ? Errno.EINVAL
                : file.xgsQueues().destroy(args.getInt(XgsQueueDestroyArgs.HANDLE));
    }

    /// `panthor_ioctl_xgs_queue_submit`: an unknown queue leaves it without setting an error.
    int submit(ByteBuffer args) {
        int flags = args.getInt(XgsQueueSubmitArgs.FLAGS);
        if ((flags & ~SUBMIT_FLAGS) != 0) {
            return Errno.EINVAL;
        }
        boolean hasOps = args.getInt(XgsQueueSubmitArgs.OPS + ObjArray.COUNT) != 0;
        UserArray ops =
                new UserArray(
                        file.memory(), args, XgsQueueSubmitArgs.OPS, XgsOp.SIZE, XgsOp.MIN_SIZE);
        if (ops.errno() != 0) {
            return ops.errno();
        }
        if (kernel.driver().modes().evictionFences()
                && ops.elements().stream().anyMatch(XgsIoctls::waits)) {
            return Errno.EINVAL;
        }
        XgsQueue queue = file.xgsQueues().get(args.getInt(XgsQueueSubmitArgs.HANDLE));
        if (queue == null) {
            return hasOps ? 0 : uninitialised();
        }
        int result = submit(queue, ops.elements(), flags, args);
        queue.put();
        return result;
    }

    private int submit(XgsQueue queue, List<ByteBuffer> ops, int flags, ByteBuffer args) {
        SubmitReservations reservations =
                SubmitReservations.ofAll(
                        kernel, queue.vm(), DmaResv.Usage.BOOKKEEP, DmaResv.Usage.WRITE);
        SubmitContext context = new SubmitContext(file, reservations);
        XgsJob job = queue.createJob(ops, flags);
        UserArray syncs =
                new UserArray(
                        file.memory(),
                        args,
                        XgsQueueSubmitArgs.SYNCS,
                        SyncOp.SIZE,
                        SyncOp.MIN_SIZE);
        int result = context.add(job, syncs);
        if (result == 0) {
            result = context.prepare();
        }
        if (result == 0) {
            context.push();
        } else {
            job.put();
        }
        return result;
    }

    /// V14: no dma_fence may wait for a value in memory.
    private static boolean waits(ByteBuffer op) {
        int kind = op.get(XgsOp.OP);
        return kind == XgsOp.WAIT_LE || kind == XgsOp.WAIT_GT;
    }

    /// ASSUMPTION: kernel.uninitialised: zero, or half a pointer.
    private int uninitialised() {
        return kernel.sim().choose("kernel.uninitialised", 2) == 0 ? 0 : STACK_GARBAGE;
    }

    /// `panthor_ioctl_sync_update`.
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
        file.xgsQueues().recheck(RecheckCause.IOCTL, null);
        return 0;
    }
}
