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
        if (kernel.drmDevice().isUnplugged()) {
            return new MmapResult(Errno.ENODEV, null);
        }
        if (Long.compareUnsigned(offset, file.userMmioOffset()) >= 0) {
            return mapMmio(offset - file.userMmioOffset() + MmapSpace.FLUSH_ID, length, prot);
        }
        MmapSpace.Node node = file.device().mmapSpace().nodeAt(offset);
        return node == null
                ? new MmapResult(Errno.EINVAL, null)
                : mapObject(node, offset, length, prot);
    }

    /// @param offset as of a file of a 64-bit process that did not choose another one
    private MmapResult mapMmio(long offset, long length, int prot) {
        if (offset == MmapSpace.FLUSH_ID) {
            return mapFlushId(length, prot);
        }
        if (MmapSpace.isDoorbell(offset) && kernel.driver().hasUserSubmission()) {
            return mapDoorbell(offset, length, prot);
        }
        return new MmapResult(Errno.EINVAL, null);
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
                        prot,
                        () -> unmapped(MappingKind.FLUSH_ID, self[0]),
                        file.device().registers(),
                        file.device().pm(),
                        kernel.drmDevice());
        return mapped(MappingKind.FLUSH_ID, null, self[0], prot);
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
                        file, offset, va, prot, () -> unmapped(MappingKind.DOORBELL, self[0]), gid);
        return mapped(MappingKind.DOORBELL, gid, self[0], prot);
    }

    private MmapResult mapped(MappingKind kind, @Nullable Long gid, MmioMapping mapping, int prot) {
        file.device().mmio().add(mapping);
        file.get(mapping);
        tell(kind, gid, null, null, mapping.fileOffset(), mapping.length(), prot, mapping.va(), 0);
        return new MmapResult(0, mapping);
    }

    private MmapResult mapObject(MmapSpace.Node node, long offset, long length, int prot) {
        if (length <= 0 || length > node.bo().sizeBytes()) {
            return refuse(node.kind(), offset, length, prot, Errno.EINVAL);
        }
        if (!node.isAllowed(file.fileId())) {
            return refuse(node.kind(), offset, length, prot, Errno.EACCES);
        }
        long va = reserve(length);
        Mapping[] self = new Mapping[1];
        self[0] =
                new BoMapping(
                        node.bo(),
                        va,
                        length,
                        prot,
                        () -> tellUnmapped(node.kind(), va),
                        () -> file.put(self[0]));
        file.get(self[0]);
        tell(node.kind(), node.gid(), node.queue(), node.bo().id(), offset, length, prot, va, 0);
        return new MmapResult(0, self[0]);
    }

    private MmapResult refuse(MappingKind kind, long offset, long length, int prot, int errno) {
        tell(kind, null, null, null, offset, length, prot, null, errno);
        return new MmapResult(errno, null);
    }

    private void unmapped(MappingKind kind, MmioMapping mapping) {
        file.device().mmio().remove(mapping);
        tellUnmapped(kind, mapping.va());
        file.put(mapping);
    }

    private void tellUnmapped(MappingKind kind, long va) {
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
