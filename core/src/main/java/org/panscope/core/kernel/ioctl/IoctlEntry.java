package org.panscope.core.kernel.ioctl;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.Ioctl;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.KernelEvent.IoctlExit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Where ioctls enter: copies the argument struct by the size the caller's headers gave it, finds
/// the handler, copies back.
///
/// kernel: drivers/gpu/drm/drm_ioctl.c, drm_ioctl
final class IoctlEntry {
    private final PanthorFile file;
    private final KernelContext kernel;
    private final DeviceIoctls device;
    private final MemoryIoctls memory;
    private final HeapIoctls heaps;
    private final GroupIoctls groups;
    private final SubmitIoctl submit;
    private final SyncobjIoctls syncobjs;
    private final XgsIoctls xgs;

    IoctlEntry(PanthorFile file) {
        this.file = file;
        kernel = file.kernel();
        device = new DeviceIoctls(file);
        memory = new MemoryIoctls(file);
        heaps = new HeapIoctls(file);
        groups = new GroupIoctls(file);
        submit = new SubmitIoctl(file);
        syncobjs = new SyncobjIoctls(file);
        xgs = new XgsIoctls(file);
    }

    int call(int request, byte[] argument) {
        Ioctl ioctl = Ioctl.of(request);
        long code = request & 0xffff_ffffL;
        String name = ioctl == null ? "unknown" : ioctl.name();
        String dialect = ioctl == null ? "drm" : ioctl.dialect();
        long cause = kernel.sim().current().cause();
        kernel.tracepoints().ioctlEnter(PanthorFile.FIRST_FD, request);
        kernel.sim()
                .follow(
                        file.track(),
                        new IoctlEnter(code, name, dialect, file.fileId(), argument.clone()));
        kernel.spend(kernel.timings().ioctlNs());
        int ret = ioctl == null ? Errno.ENOTTY : copyAndHandle(ioctl, request, argument);
        kernel.sim()
                .emit(
                        file.track(),
                        new IoctlExit(code, name, file.fileId(), argument.clone(), ret));
        kernel.tracepoints().ioctlExit(ret);
        kernel.sim().current().setCause(cause);
        return ret;
    }

    private int copyAndHandle(Ioctl ioctl, int request, byte[] argument) {
        int userBytes = request >>> 16 & 0x3fff;
        if (argument.length < userBytes) {
            return Errno.EFAULT;
        }
        ByteBuffer args =
                ByteBuffer.allocate(Math.max(ioctl.size(), userBytes))
                        .order(ByteOrder.LITTLE_ENDIAN);
        args.put(0, argument, 0, userBytes);
        int ret = handle(ioctl, args);
        args.get(0, argument, 0, userBytes);
        return ret;
    }

    private int handle(Ioctl ioctl, ByteBuffer args) {
        return switch (ioctl) {
            case DEV_QUERY -> device.query(args);
            case VM_CREATE -> memory.vmCreate(args);
            case VM_DESTROY -> memory.vmDestroy(args);
            case VM_BIND -> memory.vmBind(args);
            case VM_GET_STATE -> memory.vmGetState(args);
            case BO_CREATE -> memory.boCreate(args);
            case BO_MMAP_OFFSET -> memory.boMmapOffset(args);
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
            case SYNCOBJ_CREATE -> syncobjs.create(args);
            case SYNCOBJ_DESTROY -> syncobjs.destroy(args);
            case SYNCOBJ_WAIT -> syncobjs.await(args);
            case SYNCOBJ_RESET -> syncobjs.reset(args);
            case SYNCOBJ_SIGNAL -> syncobjs.signal(args);
            case XGS_QUEUE_SUBMIT -> notModelled(ioctl);
        };
    }

    private int notModelled(Ioctl ioctl) {
        kernel.log("ioctl", ioctl.name() + " is not modelled");
        return Errno.ENOTTY;
    }
}
