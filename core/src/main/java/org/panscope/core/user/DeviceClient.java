package org.panscope.core.user;

import org.panscope.core.uapi.DevQueryArgs;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.SetUserMmioOffsetArgs;
import org.panscope.core.uapi.UserMemory;

import java.nio.ByteBuffer;
import java.util.List;

/// Properties of the device behind an open file (`panthor_drm.h`: DEV_QUERY).
public final class DeviceClient {
    private final DrmFile file;

    public DeviceClient(DrmFile file) {
        this.file = file;
    }

    /// DEV_QUERY, first for the size of the answer, then for the answer.
    ///
    /// @param type [DevQueryArgs#GPU_INFO] and others
    /// @return the struct
    public IoctlResult<ByteBuffer> query(int type) {
        ByteBuffer args = UserMemory.struct(DevQueryArgs.SIZE);
        args.putInt(DevQueryArgs.TYPE, type);
        int errno = file.ioctl(Ioctl.DEV_QUERY, args);
        if (errno != 0) {
            return IoctlResult.error(errno);
        }
        int bytes = args.getInt(DevQueryArgs.QUERY_SIZE);
        long at = file.place(UserMemory.struct(bytes));
        args.putLong(DevQueryArgs.POINTER, at);
        errno = file.ioctl(Ioctl.DEV_QUERY, args);
        List<ByteBuffer> answer = file.takeArray(at, bytes, 1);
        file.free(at);
        return errno != 0 ? IoctlResult.error(errno) : IoctlResult.ok(answer.getFirst());
    }

    /// SET_USER_MMIO_OFFSET (mainline).
    public int setUserMmioOffset(long offset) {
        ByteBuffer args = UserMemory.struct(SetUserMmioOffsetArgs.SIZE);
        args.putLong(SetUserMmioOffsetArgs.OFFSET, offset);
        return file.ioctl(Ioctl.SET_USER_MMIO_OFFSET, args);
    }
}
