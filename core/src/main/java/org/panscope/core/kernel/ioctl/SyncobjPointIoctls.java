package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmSyncobj;
import org.panscope.core.kernel.drm.SyncobjEventfd;
import org.panscope.core.kernel.drm.SyncobjWait;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.SyncobjEventfdArgs;
import org.panscope.core.uapi.SyncobjTimelineArrayArgs;
import org.panscope.core.uapi.SyncobjTimelineWaitArgs;
import org.panscope.core.uapi.SyncobjTransferArgs;
import org.panscope.core.uapi.SyncobjWaitArgs;
import org.panscope.trace.event.FenceEvent.SyncobjStep;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The DRM core's ioctls on points of timeline syncobjs.
///
/// kernel: drivers/gpu/drm/drm_syncobj.c (v6.11)
final class SyncobjPointIoctls {
    private static final int WAIT_FLAGS =
            SyncobjWaitArgs.WAIT_ALL
                    | SyncobjWaitArgs.WAIT_FOR_SUBMIT
                    | SyncobjWaitArgs.WAIT_AVAILABLE
                    | SyncobjWaitArgs.WAIT_DEADLINE;

    private final PanthorFile file;
    private final KernelContext kernel;
    private final SyncobjTable table;

    SyncobjPointIoctls(PanthorFile file) {
        this.file = file;
        kernel = file.kernel();
        table = new SyncobjTable(file);
    }

    int await(ByteBuffer args) {
        int flags = args.getInt(SyncobjTimelineWaitArgs.FLAGS);
        int count = args.getInt(SyncobjTimelineWaitArgs.COUNT_HANDLES);
        if ((flags & ~WAIT_FLAGS) != 0) {
            return Errno.EINVAL;
        }
        if (count == 0) {
            return 0;
        }
        List<SyncobjTable.Entry> entries = new ArrayList<>();
        int found = table.findAll(args.getLong(SyncobjTimelineWaitArgs.HANDLES), count, entries);
        if (found != 0) {
            return found;
        }
        List<Long> points = table.points(args.getLong(SyncobjTimelineWaitArgs.POINTS), count);
        if (points == null) {
            return Errno.EFAULT;
        }
        SyncobjWait wait =
                new SyncobjWait(kernel, flags, args.getLong(SyncobjTimelineWaitArgs.TIMEOUT_NSEC));
        for (int i = 0; i < count; i++) {
            wait.add(entries.get(i).syncobj(), entries.get(i).via(), points.get(i));
        }
        int result = wait.await();
        if (result == 0) {
            args.putInt(SyncobjTimelineWaitArgs.FIRST_SIGNALED, wait.firstSignaled());
        }
        return result;
    }

    int signal(ByteBuffer args) {
        int count = args.getInt(SyncobjTimelineArrayArgs.COUNT_HANDLES);
        if (args.getInt(SyncobjTimelineArrayArgs.FLAGS) != 0 || count == 0) {
            return Errno.EINVAL;
        }
        List<SyncobjTable.Entry> entries = new ArrayList<>();
        int found = table.findAll(args.getLong(SyncobjTimelineArrayArgs.HANDLES), count, entries);
        if (found != 0) {
            return found;
        }
        List<Long> points = table.points(args.getLong(SyncobjTimelineArrayArgs.POINTS), count);
        if (points == null) {
            return Errno.EFAULT;
        }
        for (int i = 0; i < count; i++) {
            DmaFence stub = DmaFence.stub(kernel);
            entries.get(i).syncobj().addPoint(stub, points.get(i), entries.get(i).via());
            stub.put();
        }
        return 0;
    }

    int query(ByteBuffer args) {
        int flags = args.getInt(SyncobjTimelineArrayArgs.FLAGS);
        int count = args.getInt(SyncobjTimelineArrayArgs.COUNT_HANDLES);
        if ((flags & ~SyncobjTimelineArrayArgs.LAST_SUBMITTED) != 0 || count == 0) {
            return Errno.EINVAL;
        }
        List<SyncobjTable.Entry> entries = new ArrayList<>();
        int found = table.findAll(args.getLong(SyncobjTimelineArrayArgs.HANDLES), count, entries);
        if (found != 0) {
            return found;
        }
        ByteBuffer points = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (SyncobjTable.Entry entry : entries) {
            points.putLong(entry.syncobj().query((flags & 1) != 0));
        }
        long pointer = args.getLong(SyncobjTimelineArrayArgs.POINTS);
        return file.memory().write(pointer, points.array()) ? 0 : Errno.EFAULT;
    }

    int transfer(ByteBuffer args) {
        if (args.getInt(SyncobjTransferArgs.PAD) != 0) {
            return Errno.EINVAL;
        }
        SyncobjTable.Entry to = table.find(args.getInt(SyncobjTransferArgs.DST_HANDLE));
        SyncobjTable.Entry from = table.find(args.getInt(SyncobjTransferArgs.SRC_HANDLE));
        if (to == null || from == null) {
            return Errno.ENOENT;
        }
        to.syncobj().get();
        from.syncobj().get();
        int result = transfer(args, from.syncobj(), to);
        from.syncobj().put();
        to.syncobj().put();
        return result;
    }

    private int transfer(ByteBuffer args, DrmSyncobj from, SyncobjTable.Entry to) {
        long fromPoint = args.getLong(SyncobjTransferArgs.SRC_POINT);
        long toPoint = args.getLong(SyncobjTransferArgs.DST_POINT);
        boolean forSubmit =
                (args.getInt(SyncobjTransferArgs.FLAGS) & SyncobjWaitArgs.WAIT_FOR_SUBMIT) != 0;
        DrmSyncobj.Found found = forSubmit ? from.awaitFence(fromPoint) : from.findFence(fromPoint);
        DmaFence fence = found.fence();
        if (fence == null) {
            return found.errno();
        }
        if (toPoint == 0) {
            to.syncobj().replaceFence(fence, SyncobjStep.REPLACE_FENCE, to.via());
        } else {
            to.syncobj().addUnwrapped(fence, toPoint, to.via());
        }
        fence.put();
        return 0;
    }

    int eventfd(ByteBuffer args) {
        int flags = args.getInt(SyncobjEventfdArgs.FLAGS);
        if ((flags & ~SyncobjWaitArgs.WAIT_AVAILABLE) != 0
                || args.getInt(SyncobjEventfdArgs.PAD) != 0) {
            return Errno.EINVAL;
        }
        SyncobjTable.@Nullable Entry entry = table.find(args.getInt(SyncobjEventfdArgs.HANDLE));
        if (entry == null) {
            return Errno.ENOENT;
        }
        int fd = args.getInt(SyncobjEventfdArgs.FD);
        EventFdContext eventfd = file.eventfdAt(fd);
        if (eventfd == null) {
            return file.hasFd(fd) ? Errno.EINVAL : Errno.EBADF;
        }
        entry.syncobj()
                .addEventfd(
                        new SyncobjEventfd(
                                eventfd, args.getLong(SyncobjEventfdArgs.POINT), flags != 0));
        return 0;
    }
}
