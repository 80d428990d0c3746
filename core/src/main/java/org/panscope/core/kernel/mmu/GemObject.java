package org.panscope.core.kernel.mmu;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.LiveObject;
import org.panscope.core.kernel.drm.DmaResv;
import org.panscope.core.mem.BufferObject;
import org.panscope.trace.event.MemoryEvent;

/// A `panthor_gem_object`: a buffer object with what the driver knows of it. Reference counted: a
/// handle, each GPU mapping, each CPU mapping and a kernel user hold one each.
///
/// kernel: panthor_gem.c
public final class GemObject implements LiveObject {
    private final KernelContext kernel;
    private final BufferObject buffer;
    private final boolean noMmap;
    private final @Nullable GpuVm exclusiveVm;
    private final DmaResv resv;
    private @Nullable Integer fileId;
    private int references = 1;

    private GemObject(
            KernelContext kernel,
            String label,
            long sizeBytes,
            boolean noMmap,
            @Nullable GpuVm exclusiveVm) {
        this.kernel = kernel;
        buffer = new BufferObject(kernel.nextBufferObject(), label, kernel.memory(), sizeBytes);
        this.noMmap = noMmap;
        this.exclusiveVm = exclusiveVm;
        resv = exclusiveVm == null ? new DmaResv(kernel, objectId()) : exclusiveVm.resv();
    }

    /// `panthor_kernel_bo_create`: without a handle, only for one VM.
    public static GemObject kernelObject(
            KernelContext kernel, String label, long sizeBytes, GpuVm vm) {
        GemObject object = new GemObject(kernel, label, sizeBytes, true, vm);
        object.tell(null, null);
        return object;
    }

    /// `panthor_gem_create_with_handle`; [#published] tells of it.
    public static GemObject userObject(
            KernelContext kernel,
            String label,
            long sizeBytes,
            boolean noMmap,
            @Nullable GpuVm exclusiveVm) {
        return new GemObject(kernel, label, sizeBytes, noMmap, exclusiveVm);
    }

    /// It got its handle in a file.
    public void published(int file, int handle) {
        fileId = file;
        tell(file, handle);
    }

    public int id() {
        return buffer.id();
    }

    @Override
    public String objectId() {
        return "bo:" + id();
    }

    public long sizeBytes() {
        return buffer.sizeBytes();
    }

    public BufferObject buffer() {
        return buffer;
    }

    public boolean isNoMmap() {
        return noMmap;
    }

    /// The only VM it may be mapped in; null when it is shareable.
    public @Nullable GpuVm exclusiveVm() {
        return exclusiveVm;
    }

    /// Its own reservation, or that of the only VM it may be mapped in.
    public DmaResv resv() {
        return resv;
    }

    /// File it was created through; null for a kernel object.
    public @Nullable Integer fileId() {
        return fileId;
    }

    public GemObject get() {
        references++;
        return this;
    }

    /// Whether nobody holds it any more.
    public boolean isFreed() {
        return references == 0;
    }

    public void put() {
        references--;
        if (references < 0) {
            throw new IllegalStateException("bo=" + id() + " references=" + references);
        }
        if (references == 0) {
            if (exclusiveVm == null) {
                resv.clear();
            }
            kernel.gone(this);
            kernel.sim().emit(kernel.memoryTrack(), new MemoryEvent.BoDestroy(id()));
            buffer.free();
        }
    }

    private void tell(@Nullable Integer file, @Nullable Integer handle) {
        kernel.born(this);
        kernel.sim()
                .emit(
                        kernel.memoryTrack(),
                        new MemoryEvent.BoCreate(
                                id(), handle, file, buffer.sizeBytes(), buffer.label()));
    }
}
