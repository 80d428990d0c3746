package org.panscope.core.kernel.ioctl;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.Ioctl;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.KernelEvent.IoctlExit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Where ioctls enter: copies the argument struct by the size the caller's headers gave it, finds
/// the handler, copies back. What the caller's struct lacks is zero for the handler.
///
/// kernel: drivers/gpu/drm/drm_ioctl.c, drm_ioctl
final class IoctlEntry {
    private static final int IOC_IN = 0x4000_0000;
    private static final int IOC_OUT = 0x8000_0000;
    private static final int TYPE_SHIFT = 8;
    private static final int DRM_TYPE = 'd';

    private final PanthorFile file;
    private final KernelContext kernel;
    private final String driverDialect;
    private final DeviceIoctls device;
    private final MemoryIoctls memory;
    private final VmBindIoctl vmBind;
    private final BufferIoctls buffers;
    private final HeapIoctls heaps;
    private final GroupIoctls groups;
    private final SubmitIoctl submit;
    private final PrimeIoctls prime;
    private final SyncobjIoctls syncobjs;
    private final SyncobjPointIoctls points;
    private final SyncobjFdIoctls syncobjFds;
    private final XgsIoctls xgs;

    IoctlEntry(PanthorFile file) {
        this.file = file;
        kernel = file.kernel();
        driverDialect = kernel.driver().hasUserSubmission() ? Ioctl.RFC : Ioctl.MAINLINE;
        device = new DeviceIoctls(file);
        memory = new MemoryIoctls(file);
        vmBind = new VmBindIoctl(file);
        buffers = new BufferIoctls(file);
        heaps = new HeapIoctls(file);
        groups = new GroupIoctls(file);
        submit = new SubmitIoctl(file);
        prime = new PrimeIoctls(file);
        syncobjs = new SyncobjIoctls(file);
        points = new SyncobjPointIoctls(file);
        syncobjFds = new SyncobjFdIoctls(file);
        xgs = new XgsIoctls(file);
    }

    int call(int request, byte[] argument) {
        Ioctl ioctl = Ioctl.of(request, driverDialect);
        long code = request & 0xffff_ffffL;
        String name = ioctl == null ? "unknown" : ioctl.name();
        String dialect = ioctl == null ? Ioctl.DRM : ioctl.dialect(driverDialect);
        long cause = kernel.sim().current().cause();
        kernel.tracepoints().ioctlEnter(PanthorFile.FIRST_FD, request);
        kernel.sim()
                .follow(
                        file.track(),
                        new IoctlEnter(code, name, dialect, file.fileId(), argument.clone()));
        kernel.spend(kernel.timings().ioctlNs());
        int ret =
                kernel.drmDevice().isUnplugged()
                        ? Errno.ENODEV
                        : ioctl == null ? refuse(request) : copyAndHandle(ioctl, request, argument);
        kernel.sim()
                .emit(
                        file.track(),
                        new IoctlExit(code, name, file.fileId(), argument.clone(), ret));
        kernel.tracepoints().ioctlExit(ret);
        kernel.sim().current().setCause(cause);
        return ret;
    }

    private static int refuse(int request) {
        return (request >>> TYPE_SHIFT & 0xff) == DRM_TYPE ? Errno.EINVAL : Errno.ENOTTY;
    }

    private int copyAndHandle(Ioctl ioctl, int request, byte[] argument) {
        int own = ioctl.request(driverDialect);
        int userBytes = Ioctl.sizeOf(request);
        int inBytes = (request & own & IOC_IN) == 0 ? 0 : userBytes;
        int outBytes = (request & own & IOC_OUT) == 0 ? 0 : userBytes;
        if (argument.length < Math.max(inBytes, outBytes)) {
            return Errno.EFAULT;
        }
        ByteBuffer args =
                ByteBuffer.allocate(Math.max(ioctl.size(), userBytes))
                        .order(ByteOrder.LITTLE_ENDIAN);
        args.put(0, argument, 0, inBytes);
        int ret = handle(ioctl, args);
        args.get(0, argument, 0, outBytes);
        return ret;
    }

    private int handle(Ioctl ioctl, ByteBuffer args) {
        return switch (ioctl) {
            case DEV_QUERY -> device.query(args);
            case VM_CREATE -> memory.vmCreate(args);
            case VM_DESTROY -> memory.vmDestroy(args);
            case VM_BIND -> vmBind.bind(args);
            case VM_GET_STATE -> memory.vmGetState(args);
            case BO_CREATE -> memory.boCreate(args);
            case BO_MMAP_OFFSET -> memory.boMmapOffset(args);
            case BO_SET_LABEL -> buffers.setLabel(args);
            case BO_SYNC -> buffers.sync(args);
            case BO_QUERY_INFO -> buffers.queryInfo(args);
            case SET_USER_MMIO_OFFSET -> buffers.setUserMmioOffset(args);
            case TILER_HEAP_CREATE -> heaps.create(args);
            case TILER_HEAP_DESTROY -> heaps.destroy(args);
            case GROUP_CREATE -> groups.create(args);
            case GROUP_DESTROY -> groups.destroy(args);
            case GROUP_GET_STATE -> groups.getState(args);
            case GROUP_KICK -> groups.kick(args);
            case GROUP_SUBMIT -> submit.submit(args);
            case SYNC_UPDATE -> xgs.syncUpdate(args);
            case XGS_QUEUE_CREATE -> xgs.create(args);
            case XGS_QUEUE_DESTROY -> xgs.destroy(args);
            case GEM_CLOSE -> prime.close(args);
            case PRIME_HANDLE_TO_FD -> prime.handleToFd(args);
            case PRIME_FD_TO_HANDLE -> prime.fdToHandle(args);
            case SYNCOBJ_CREATE -> syncobjs.create(args);
            case SYNCOBJ_DESTROY -> syncobjs.destroy(args);
            case SYNCOBJ_WAIT -> syncobjs.await(args);
            case SYNCOBJ_RESET -> syncobjs.reset(args);
            case SYNCOBJ_SIGNAL -> syncobjs.signal(args);
            case SYNCOBJ_TIMELINE_WAIT -> points.await(args);
            case SYNCOBJ_TIMELINE_SIGNAL -> points.signal(args);
            case SYNCOBJ_QUERY -> points.query(args);
            case SYNCOBJ_TRANSFER -> points.transfer(args);
            case SYNCOBJ_EVENTFD -> points.eventfd(args);
            case SYNCOBJ_HANDLE_TO_FD -> syncobjFds.handleToFd(args);
            case SYNCOBJ_FD_TO_HANDLE -> syncobjFds.fdToHandle(args);
            case XGS_QUEUE_SUBMIT -> xgs.submit(args);
        };
    }
}
