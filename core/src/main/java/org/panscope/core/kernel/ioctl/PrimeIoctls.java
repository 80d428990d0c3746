package org.panscope.core.kernel.ioctl;

import org.panscope.core.kernel.mmu.DmaBuf;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.GemCloseArgs;
import org.panscope.core.uapi.PrimeHandleArgs;

import java.nio.ByteBuffer;

/// The DRM core's ioctls on handles of buffer objects: giving them up, and sharing objects between
/// files as dma-bufs.
///
/// kernel: drm_gem.c, drm_gem_close_ioctl; drm_prime.c; panthor_gem.c, panthor_gem_prime_export
final class PrimeIoctls {
    private final PanthorFile file;

    PrimeIoctls(PanthorFile file) {
        this.file = file;
    }

    int close(ByteBuffer args) {
        int handle = args.getInt(GemCloseArgs.HANDLE);
        GemObject bo = file.objects().remove(handle);
        if (bo == null) {
            return Errno.EINVAL;
        }
        bo.closed(file.fileId(), handle);
        return 0;
    }

    int handleToFd(ByteBuffer args) {
        if ((args.getInt(PrimeHandleArgs.FLAGS) & ~PrimeHandleArgs.FLAG_MASK) != 0) {
            return Errno.EINVAL;
        }
        int handle = args.getInt(PrimeHandleArgs.HANDLE);
        GemObject bo = file.objects().get(handle);
        if (bo == null) {
            return Errno.ENOENT;
        }
        if (bo.exclusiveVm() != null) {
            return Errno.EINVAL;
        }
        int fd = file.fds().install(bo.export(file.fileId(), handle));
        args.putInt(PrimeHandleArgs.FD, fd);
        return 0;
    }

    /// A file that has a handle of the object already gets that one again.
    int fdToHandle(ByteBuffer args) {
        int fd = args.getInt(PrimeHandleArgs.FD);
        if (!(file.fds().get(fd) instanceof DmaBuf dmaBuf)) {
            return file.hasFd(fd) ? Errno.EINVAL : Errno.EBADF;
        }
        GemObject bo = dmaBuf.object();
        Integer present = bo.handleIn(file.fileId());
        if (present != null) {
            args.putInt(PrimeHandleArgs.HANDLE, present);
            return 0;
        }
        int handle = file.objects().add(bo);
        bo.imported(file.fileId(), handle);
        args.putInt(PrimeHandleArgs.HANDLE, handle);
        return 0;
    }
}
