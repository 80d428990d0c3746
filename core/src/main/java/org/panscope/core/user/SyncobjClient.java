package org.panscope.core.user;

import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.SyncobjArrayArgs;
import org.panscope.core.uapi.SyncobjCreateArgs;
import org.panscope.core.uapi.SyncobjDestroyArgs;
import org.panscope.core.uapi.SyncobjWaitArgs;
import org.panscope.core.uapi.UserMemory;
import org.panscope.trace.event.UserEvent.WaitKind;

import java.nio.ByteBuffer;

/// drm_syncobjs of an open file (`drm_syncobj.c`).
public final class SyncobjClient {
    private final DrmFile file;

    public SyncobjClient(DrmFile file) {
        this.file = file;
    }

    /// SYNCOBJ_CREATE.
    ///
    /// @return the handle
    public IoctlResult<Integer> create(boolean signaled) {
        ByteBuffer args = UserMemory.struct(SyncobjCreateArgs.SIZE);
        args.putInt(SyncobjCreateArgs.FLAGS, signaled ? SyncobjCreateArgs.SIGNALED : 0);
        int errno = file.ioctl(Ioctl.SYNCOBJ_CREATE, args);
        return errno != 0
                ? IoctlResult.error(errno)
                : IoctlResult.ok(args.getInt(SyncobjCreateArgs.HANDLE));
    }

    /// SYNCOBJ_DESTROY.
    public int destroy(int handle) {
        ByteBuffer args = UserMemory.struct(SyncobjDestroyArgs.SIZE);
        args.putInt(SyncobjDestroyArgs.HANDLE, handle);
        return file.ioctl(Ioctl.SYNCOBJ_DESTROY, args);
    }

    /// SYNCOBJ_RESET.
    public int reset(int handle) {
        return onOne(Ioctl.SYNCOBJ_RESET, handle);
    }

    /// SYNCOBJ_SIGNAL.
    public int signal(int handle) {
        return onOne(Ioctl.SYNCOBJ_SIGNAL, handle);
    }

    /// SYNCOBJ_WAIT for one syncobj that already has a fence, or gets one first.
    ///
    /// @param timeoutNs how long to wait, [WaitQueue#FOREVER] for ever
    public int await(int handle, long timeoutNs, boolean forSubmit) {
        String object = "syncobj:" + file.fileId() + "/" + handle;
        file.waitBegin(WaitKind.SYNCOBJ, object, timeoutNs);
        long handles = file.place(handleBytes(handle));
        ByteBuffer args = UserMemory.struct(SyncobjWaitArgs.SIZE);
        args.putLong(SyncobjWaitArgs.HANDLES, handles);
        args.putLong(
                SyncobjWaitArgs.TIMEOUT_NSEC,
                timeoutNs == WaitQueue.FOREVER ? Long.MAX_VALUE : file.sim().nowNs() + timeoutNs);
        args.putInt(SyncobjWaitArgs.COUNT_HANDLES, 1);
        args.putInt(
                SyncobjWaitArgs.FLAGS,
                SyncobjWaitArgs.WAIT_ALL | (forSubmit ? SyncobjWaitArgs.WAIT_FOR_SUBMIT : 0));
        int errno = file.ioctl(Ioctl.SYNCOBJ_WAIT, args);
        file.free(handles);
        file.waitEnd(WaitKind.SYNCOBJ, object, null, errno);
        return errno;
    }

    private int onOne(Ioctl ioctl, int handle) {
        long handles = file.place(handleBytes(handle));
        ByteBuffer args = UserMemory.struct(SyncobjArrayArgs.SIZE);
        args.putLong(SyncobjArrayArgs.HANDLES, handles);
        args.putInt(SyncobjArrayArgs.COUNT_HANDLES, 1);
        int errno = file.ioctl(ioctl, args);
        file.free(handles);
        return errno;
    }

    private static ByteBuffer handleBytes(int handle) {
        return UserMemory.struct(Integer.BYTES).putInt(0, handle);
    }
}
