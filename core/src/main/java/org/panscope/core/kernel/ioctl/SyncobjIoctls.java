package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmSyncobj;
import org.panscope.core.kernel.drm.SyncobjWait;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.SyncobjArrayArgs;
import org.panscope.core.uapi.SyncobjCreateArgs;
import org.panscope.core.uapi.SyncobjDestroyArgs;
import org.panscope.core.uapi.SyncobjWaitArgs;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.SyncobjStep;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The DRM core's ioctls on binary syncobjs.
///
/// kernel: drivers/gpu/drm/drm_syncobj.c
final class SyncobjIoctls {
    private static final int WAIT_FLAGS =
            SyncobjWaitArgs.WAIT_ALL | SyncobjWaitArgs.WAIT_FOR_SUBMIT;
    private static final int MAX_HANDLES = 1 << 16;

    private final PanthorFile file;
    private final KernelContext kernel;

    SyncobjIoctls(PanthorFile file) {
        this.file = file;
        kernel = file.kernel();
    }

    int create(ByteBuffer args) {
        int flags = args.getInt(SyncobjCreateArgs.FLAGS);
        if ((flags & ~SyncobjCreateArgs.SIGNALED) != 0) {
            return Errno.EINVAL;
        }
        DrmSyncobj syncobj = new DrmSyncobj(kernel, file.fileId());
        int handle = file.syncobjs().add(syncobj);
        syncobj.created(handle);
        if (flags != 0) {
            assignStub(syncobj, SyncobjStep.SIGNAL);
        }
        args.putInt(SyncobjCreateArgs.HANDLE, handle);
        return 0;
    }

    int destroy(ByteBuffer args) {
        if (args.getInt(SyncobjDestroyArgs.PAD) != 0) {
            return Errno.EINVAL;
        }
        DrmSyncobj syncobj = file.syncobjs().remove(args.getInt(SyncobjDestroyArgs.HANDLE));
        if (syncobj == null) {
            return Errno.EINVAL;
        }
        syncobj.destroyed();
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
        List<DrmSyncobj> syncobjs = new ArrayList<>();
        int found = find(args.getLong(SyncobjWaitArgs.HANDLES), count, syncobjs);
        if (found != 0) {
            return found;
        }
        SyncobjWait wait = new SyncobjWait(kernel, syncobjs, flags);
        int result = wait.await(args.getLong(SyncobjWaitArgs.TIMEOUT_NSEC));
        if (result == 0) {
            args.putInt(SyncobjWaitArgs.FIRST_SIGNALED, wait.firstSignaled());
        }
        return result;
    }

    int reset(ByteBuffer args) {
        return forEach(args, syncobj -> syncobj.replaceFence(null, SyncobjStep.RESET));
    }

    int signal(ByteBuffer args) {
        return forEach(args, syncobj -> assignStub(syncobj, SyncobjStep.SIGNAL));
    }

    private int forEach(ByteBuffer args, java.util.function.Consumer<DrmSyncobj> action) {
        int count = args.getInt(SyncobjArrayArgs.COUNT_HANDLES);
        if (args.getInt(SyncobjArrayArgs.PAD) != 0 || count == 0) {
            return Errno.EINVAL;
        }
        List<DrmSyncobj> syncobjs = new ArrayList<>();
        int found = find(args.getLong(SyncobjArrayArgs.HANDLES), count, syncobjs);
        if (found == 0) {
            syncobjs.forEach(action);
        }
        return found;
    }

    /// A fence that is signalled from the start, with a context of its own.
    private void assignStub(DrmSyncobj syncobj, SyncobjStep step) {
        DmaFence stub =
                new DmaFence(
                        kernel,
                        FenceKind.STUB,
                        "stub",
                        "stub",
                        kernel.allocateFenceContexts(1),
                        0,
                        null);
        stub.signal();
        syncobj.replaceFence(stub, step);
        stub.put();
    }

    private int find(long pointer, int count, List<DrmSyncobj> into) {
        if (count < 0 || count > MAX_HANDLES) {
            return Errno.ENOMEM;
        }
        byte @Nullable [] bytes = file.memory().read(pointer, count * Integer.BYTES);
        if (bytes == null) {
            return Errno.EFAULT;
        }
        ByteBuffer handles = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            DrmSyncobj syncobj = file.syncobjs().get(handles.getInt(i * Integer.BYTES));
            if (syncobj == null) {
                return Errno.ENOENT;
            }
            into.add(syncobj);
        }
        return 0;
    }
}
