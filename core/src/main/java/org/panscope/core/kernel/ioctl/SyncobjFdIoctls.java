package org.panscope.core.kernel.ioctl;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmSyncobj;
import org.panscope.core.kernel.drm.SyncFile;
import org.panscope.core.kernel.drm.SyncobjFile;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.SyncobjHandleArgs;
import org.panscope.trace.event.FenceEvent.SyncobjStep;

import java.nio.ByteBuffer;

/// The DRM core's ioctls that turn syncobjs into descriptors and back: the object itself, shared
/// from then on, or a sync_file of the fence it holds just then.
///
/// kernel: drm_syncobj.c, drm_syncobj_handle_to_fd_ioctl, drm_syncobj_fd_to_handle_ioctl; points
/// since v6.16
final class SyncobjFdIoctls {
    private final PanthorFile file;
    private final KernelContext kernel;
    private final SyncobjTable table;

    SyncobjFdIoctls(PanthorFile file) {
        this.file = file;
        kernel = file.kernel();
        table = new SyncobjTable(file);
    }

    int handleToFd(ByteBuffer args) {
        int flags = args.getInt(SyncobjHandleArgs.FLAGS);
        if (!isValid(args)) {
            return Errno.EINVAL;
        }
        if ((flags & SyncobjHandleArgs.SYNC_FILE) != 0) {
            return exportSyncFile(args);
        }
        SyncobjTable.Entry entry = table.find(args.getInt(SyncobjHandleArgs.HANDLE));
        if (point(args) != 0 || entry == null) {
            return Errno.EINVAL;
        }
        int fd = file.fds().install(new SyncobjFile(entry.syncobj()));
        entry.syncobj().exported(entry.via());
        args.putInt(SyncobjHandleArgs.FD, fd);
        return 0;
    }

    private int exportSyncFile(ByteBuffer args) {
        SyncobjTable.Entry entry = table.find(args.getInt(SyncobjHandleArgs.HANDLE));
        if (entry == null) {
            return Errno.ENOENT;
        }
        DrmSyncobj.Found found = entry.syncobj().findFence(point(args));
        DmaFence fence = found.fence();
        if (fence == null) {
            return found.errno();
        }
        int fd = file.fds().install(new SyncFile(fence));
        fence.published("sync-file " + file.fileId() + "." + fd);
        fence.put();
        args.putInt(SyncobjHandleArgs.FD, fd);
        return 0;
    }

    int fdToHandle(ByteBuffer args) {
        int flags = args.getInt(SyncobjHandleArgs.FLAGS);
        if (!isValid(args)) {
            return Errno.EINVAL;
        }
        if ((flags & SyncobjHandleArgs.SYNC_FILE) != 0) {
            return importSyncFile(args);
        }
        if (point(args) != 0
                || !(file.fds().get(args.getInt(SyncobjHandleArgs.FD))
                        instanceof SyncobjFile shared)) {
            return Errno.EINVAL;
        }
        DrmSyncobj syncobj = shared.syncobj();
        int handle = file.syncobjs().add(syncobj);
        syncobj.handleAdded(table.handleOf(handle), SyncobjStep.IMPORT);
        args.putInt(SyncobjHandleArgs.HANDLE, handle);
        return 0;
    }

    private int importSyncFile(ByteBuffer args) {
        if (!(file.fds().get(args.getInt(SyncobjHandleArgs.FD)) instanceof SyncFile syncFile)) {
            return Errno.EINVAL;
        }
        SyncobjTable.Entry entry = table.find(args.getInt(SyncobjHandleArgs.HANDLE));
        if (entry == null) {
            return Errno.ENOENT;
        }
        long point = point(args);
        if (point == 0) {
            entry.syncobj().replaceFence(syncFile.fence(), SyncobjStep.REPLACE_FENCE, entry.via());
        } else {
            entry.syncobj().addPoint(syncFile.fence(), point, entry.via());
        }
        return 0;
    }

    private boolean isValid(ByteBuffer args) {
        int known = SyncobjHandleArgs.SYNC_FILE | (knowsPoints() ? SyncobjHandleArgs.TIMELINE : 0);
        return args.getInt(SyncobjHandleArgs.PAD) == 0
                && (args.getInt(SyncobjHandleArgs.FLAGS) & ~known) == 0;
    }

    private long point(ByteBuffer args) {
        boolean meant = (args.getInt(SyncobjHandleArgs.FLAGS) & SyncobjHandleArgs.TIMELINE) != 0;
        return meant ? args.getLong(SyncobjHandleArgs.POINT) : 0;
    }

    private boolean knowsPoints() {
        return kernel.driver().isMainline2026();
    }
}
