package org.panscope.core.kernel.ioctl;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DrmSyncobj;
import org.panscope.core.kernel.drm.SyncobjWait;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.SyncobjArrayArgs;
import org.panscope.core.uapi.SyncobjCreateArgs;
import org.panscope.core.uapi.SyncobjDestroyArgs;
import org.panscope.core.uapi.SyncobjWaitArgs;
import org.panscope.trace.event.FenceEvent.SyncobjStep;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The DRM core's ioctls on syncobjs that know no points.
///
/// kernel: drivers/gpu/drm/drm_syncobj.c (v6.11)
final class SyncobjIoctls {
    private static final int WAIT_FLAGS =
            SyncobjWaitArgs.WAIT_ALL
                    | SyncobjWaitArgs.WAIT_FOR_SUBMIT
                    | SyncobjWaitArgs.WAIT_DEADLINE;

    private final PanthorFile file;
    private final KernelContext kernel;
    private final SyncobjTable table;

    SyncobjIoctls(PanthorFile file) {
        this.file = file;
        kernel = file.kernel();
        table = new SyncobjTable(file);
    }

    int create(ByteBuffer args) {
        int flags = args.getInt(SyncobjCreateArgs.FLAGS);
        if ((flags & ~SyncobjCreateArgs.SIGNALED) != 0) {
            return Errno.EINVAL;
        }
        DrmSyncobj syncobj = new DrmSyncobj(kernel);
        int handle = file.syncobjs().add(syncobj);
        DrmSyncobj.Handle via = table.handleOf(handle);
        syncobj.handleAdded(via, SyncobjStep.CREATE);
        if (flags != 0) {
            syncobj.assignStub(SyncobjStep.SIGNAL, via);
        }
        syncobj.put();
        args.putInt(SyncobjCreateArgs.HANDLE, handle);
        return 0;
    }

    int destroy(ByteBuffer args) {
        if (args.getInt(SyncobjDestroyArgs.PAD) != 0) {
            return Errno.EINVAL;
        }
        int handle = args.getInt(SyncobjDestroyArgs.HANDLE);
        DrmSyncobj syncobj = file.syncobjs().remove(handle);
        if (syncobj == null) {
            return Errno.EINVAL;
        }
        syncobj.handleRemoved(table.handleOf(handle));
        return 0;
    }

    int await(ByteBuffer args) {
        int flags = args.getInt(SyncobjWaitArgs.FLAGS);
        int count = args.getInt(SyncobjWaitArgs.COUNT_HANDLES);
        if ((flags & ~WAIT_FLAGS) != 0) {
            return Errno.EINVAL;
        }
        if (count == 0) {
            return 0;
        }
        List<SyncobjTable.Entry> entries = new ArrayList<>();
        int found = table.findAll(args.getLong(SyncobjWaitArgs.HANDLES), count, entries);
        if (found != 0) {
            return found;
        }
        SyncobjWait wait =
                new SyncobjWait(kernel, flags, args.getLong(SyncobjWaitArgs.TIMEOUT_NSEC));
        entries.forEach(entry -> wait.add(entry.syncobj(), entry.via(), 0));
        int result = wait.await();
        if (result == 0) {
            args.putInt(SyncobjWaitArgs.FIRST_SIGNALED, wait.firstSignaled());
        }
        return result;
    }

    int reset(ByteBuffer args) {
        return forEach(
                args, entry -> entry.syncobj().replaceFence(null, SyncobjStep.RESET, entry.via()));
    }

    int signal(ByteBuffer args) {
        return forEach(args, entry -> entry.syncobj().assignStub(SyncobjStep.SIGNAL, entry.via()));
    }

    private int forEach(ByteBuffer args, Consumer<SyncobjTable.Entry> action) {
        int count = args.getInt(SyncobjArrayArgs.COUNT_HANDLES);
        if (args.getInt(SyncobjArrayArgs.PAD) != 0 || count == 0) {
            return Errno.EINVAL;
        }
        List<SyncobjTable.Entry> entries = new ArrayList<>();
        int found = table.findAll(args.getLong(SyncobjArrayArgs.HANDLES), count, entries);
        if (found == 0) {
            entries.forEach(action);
        }
        return found;
    }
}
