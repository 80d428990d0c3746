package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.uapi.DeviceFile.MmapResult;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.Mapping;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.KernelEvent.MappingKind;

/// mmap(2) of the device file.
///
/// kernel: panthor_drv.c, panthor_mmap; panthor_device.c, panthor_device_mmap_io; RFC patches 2/8
/// and 3/8
final class MmapEntry {
    private static final long FIRST_VA = 0x7f00_0000_0000L;
    private static final long VA_GAP = 1L << 16;

    private final PanthorFile file;
    private final KernelContext kernel;
    private long nextVa = FIRST_VA;

    MmapEntry(PanthorFile file) {
        this.file = file;
        kernel = file.kernel();
    }

    MmapResult call(long offset, long length, int prot) {
        kernel.spend(kernel.timings().ioctlNs());
        if (offset == MmapSpace.FLUSH_ID) {
            return mapFlushId(length, prot);
        }
        if (MmapSpace.isDoorbell(offset)) {
            return mapDoorbell(offset, length, prot);
        }
        MmapSpace.Node node = file.device().mmapSpace().nodeAt(offset);
        return node == null
                ? new MmapResult(Errno.EINVAL, null)
                : mapObject(node, offset, length, prot);
    }

    private MmapResult mapFlushId(long length, int prot) {
        boolean valid =
                length == MmioMapping.PAGE_BYTES && (prot & (Mapping.WRITE | Mapping.EXEC)) == 0;
        if (!valid) {
            return refuse(MappingKind.FLUSH_ID, MmapSpace.FLUSH_ID, length, prot, Errno.EINVAL);
        }
        long va = reserve(length);
        MmioMapping[] self = new MmioMapping[1];
        self[0] =
                new FlushIdMapping(
                        file.fileId(),
                        va,
                        () -> unmapped(MappingKind.FLUSH_ID, va, self[0]),
                        file.device().registers(),
                        file.device().pm(),
                        kernel.drmDevice());
        file.device().mmio().add(self[0]);
        tell(MappingKind.FLUSH_ID, null, null, null, MmapSpace.FLUSH_ID, length, prot, va, 0);
        return new MmapResult(0, self[0]);
    }

    private MmapResult mapDoorbell(long offset, long length, int prot) {
        boolean valid =
                length == MmioMapping.PAGE_BYTES && (prot & (Mapping.READ | Mapping.EXEC)) == 0;
        if (!valid) {
            return refuse(MappingKind.DOORBELL, offset, length, prot, Errno.EINVAL);
        }
        long va = reserve(length);
        Group group = file.groups().get(MmapSpace.doorbellHandle(offset));
        Long gid = group == null ? null : (Long) group.gid();
        MmioMapping[] self = new MmioMapping[1];
        self[0] =
                new DoorbellMapping(
                        file.fileId(),
                        offset,
                        va,
                        () -> unmapped(MappingKind.DOORBELL, va, self[0]),
                        file.device().registers(),
                        file.device().sched(),
                        file.groups(),
                        file.track(),
                        gid);
        file.device().mmio().add(self[0]);
        tell(MappingKind.DOORBELL, gid, null, null, offset, length, prot, va, 0);
        return new MmapResult(0, self[0]);
    }

    private MmapResult mapObject(MmapSpace.Node node, long offset, long length, int prot) {
        if (node.fileId() != file.fileId()) {
            return refuse(node.kind(), offset, length, prot, Errno.EACCES);
        }
        if (length <= 0 || length > node.bo().sizeBytes()) {
            return refuse(node.kind(), offset, length, prot, Errno.EINVAL);
        }
        long va = reserve(length);
        Mapping mapping =
                new BoMapping(node.bo(), va, length, prot, () -> unmapped(node.kind(), va, null));
        tell(node.kind(), node.gid(), node.queue(), node.bo().id(), offset, length, prot, va, 0);
        return new MmapResult(0, mapping);
    }

    private MmapResult refuse(MappingKind kind, long offset, long length, int prot, int errno) {
        tell(kind, null, null, null, offset, length, prot, null, errno);
        return new MmapResult(errno, null);
    }

    private void unmapped(MappingKind kind, long va, @Nullable MmioMapping mmio) {
        if (mmio != null) {
            file.device().mmio().remove(mmio);
        }
        kernel.sim().emit(file.track(), new KernelEvent.Munmap(kind, file.fileId(), va));
    }

    private long reserve(long length) {
        long va = nextVa;
        nextVa += (length + VA_GAP - 1) / VA_GAP * VA_GAP;
        return va;
    }

    private void tell(
            MappingKind kind,
            @Nullable Long gid,
            @Nullable Integer queue,
            @Nullable Integer bo,
            long offset,
            long length,
            int prot,
            @Nullable Long va,
            int ret) {
        String text =
                ((prot & Mapping.READ) != 0 ? "r" : "")
                        + ((prot & Mapping.WRITE) != 0 ? "w" : "")
                        + ((prot & Mapping.EXEC) != 0 ? "x" : "");
        kernel.sim()
                .emit(
                        file.track(),
                        new KernelEvent.Mmap(
                                kind,
                                file.fileId(),
                                gid,
                                queue,
                                bo,
                                offset,
                                length,
                                text,
                                va,
                                ret));
    }
}
