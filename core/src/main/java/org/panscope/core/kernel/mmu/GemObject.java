package org.panscope.core.kernel.mmu;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.LiveObject;
import org.panscope.core.kernel.drm.DmaResv;
import org.panscope.core.mem.BufferObject;
import org.panscope.core.uapi.BoCreateArgs;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.MemoryEvent.BoHandleStep;
import org.panscope.trace.event.MemoryEvent.ReclaimStep;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A `panthor_gem_object`: a buffer object with what the driver knows of it. Reference counted: a
/// handle, each GPU mapping, each CPU mapping and a kernel user hold one each.
///
/// kernel: panthor_gem.c
public final class GemObject implements LiveObject {
    private final KernelContext kernel;
    private final BufferObject buffer;
    private final int createFlags;
    private final @Nullable GpuVm exclusiveVm;
    private final DmaResv resv;
    private final List<FileHandle> handles = new ArrayList<>();
    private final List<Runnable> endings = new ArrayList<>();
    private String label;
    private @Nullable DmaBuf dmaBuf;
    private @Nullable Integer fileId;
    private int references = 1;
    private int vmaps;
    private boolean evicted;

    /// A handle of it.
    ///
    /// @param fileId DRM file
    /// @param handle its number there
    public record FileHandle(int fileId, int handle) {
        @Override
        public String toString() {
            return fileId + "." + handle;
        }
    }

    private GemObject(
            KernelContext kernel,
            String label,
            long sizeBytes,
            int createFlags,
            @Nullable GpuVm exclusiveVm) {
        this.kernel = kernel;
        this.label = label;
        buffer = new BufferObject(kernel.nextBufferObject(), label, kernel.memory(), sizeBytes);
        this.createFlags = createFlags;
        this.exclusiveVm = exclusiveVm;
        resv = exclusiveVm == null ? new DmaResv(kernel, objectId()) : exclusiveVm.resv();
    }

    /// `panthor_kernel_bo_create`: without a handle, only for one VM.
    public static GemObject kernelObject(
            KernelContext kernel, String label, long sizeBytes, GpuVm vm) {
        GemObject object = new GemObject(kernel, label, sizeBytes, BoCreateArgs.NO_MMAP, vm);
        object.tell(null, null);
        return object;
    }

    /// `panthor_gem_create_with_handle`; [#published] tells of it.
    ///
    /// @param createFlags flags of BO_CREATE
    public static GemObject userObject(
            KernelContext kernel,
            String label,
            long sizeBytes,
            int createFlags,
            @Nullable GpuVm exclusiveVm) {
        return new GemObject(kernel, label, sizeBytes, createFlags, exclusiveVm);
    }

    /// It got its first handle, which holds the reference of its maker.
    public void published(int file, int handle) {
        fileId = file;
        handles.add(new FileHandle(file, handle));
        tell(file, handle);
    }

    /// `drm_gem_handle_create` by an import: the handle holds a reference.
    public void imported(int file, int handle) {
        get();
        handles.add(new FileHandle(file, handle));
        tellHandle(BoHandleStep.IMPORT, file, handle);
    }

    /// `drm_gem_handle_delete`: the file may not map it any more.
    public void closed(int file, int handle) {
        handles.remove(new FileHandle(file, handle));
        tellHandle(BoHandleStep.CLOSE, file, handle);
        put();
    }

    /// Its handle in a file, or null.
    public @Nullable Integer handleIn(int file) {
        for (FileHandle handle : handles) {
            if (handle.fileId() == file) {
                return handle.handle();
            }
        }
        return null;
    }

    /// `drm_gem_prime_handle_to_fd`: always the same dma-buf while there is one.
    public DmaBuf export(int file, int handle) {
        DmaBuf present = dmaBuf;
        if (present == null) {
            present = new DmaBuf(this);
            dmaBuf = present;
        }
        tellHandle(BoHandleStep.EXPORT, file, handle);
        return present;
    }

    void dmaBufGone() {
        dmaBuf = null;
        put();
    }

    /// Has `ending` run when it is freed.
    public void beforeFreeing(Runnable ending) {
        endings.add(ending);
    }

    /// All its handles, by age, as they are listed in the state.
    public String handlesText() {
        return handles.stream().map(FileHandle::toString).collect(Collectors.joining(" "));
    }

    /// What it is called.
    public String label() {
        return label;
    }

    /// `panthor_gem_bo_set_label`.
    public void setLabel(String newLabel) {
        label = newLabel;
        kernel.sim().emit(kernel.memoryTrack(), new MemoryEvent.BoLabel(id(), newLabel));
    }

    private void tellHandle(BoHandleStep step, int file, int handle) {
        kernel.sim()
                .emit(
                        kernel.memoryTrack(),
                        new MemoryEvent.BoHandle(step, id(), file, handle, handlesText()));
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
        return (createFlags & BoCreateArgs.NO_MMAP) != 0;
    }

    /// Whether CPU mappings are cached.
    public boolean isWriteBack() {
        return (createFlags & BoCreateArgs.WB_MMAP) != 0;
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

    // ---- reclaim

    /// Whether its pages are in memory and can be taken away: a kernel object's cannot.
    boolean isReclaimable() {
        return fileId != null && !evicted;
    }

    public boolean isEvicted() {
        return evicted;
    }

    /// Takes its pages away, also from the page tables it is mapped in. What was in them is kept.
    void evict() {
        kernel.alive(GpuVm.class).forEach(vm -> vm.hidePages(this));
        evicted = true;
        tellReclaim(ReclaimStep.EVICT);
    }

    /// Brings its pages back, if they were taken away.
    public void restore() {
        if (evicted) {
            kernel.alive(GpuVm.class).forEach(vm -> vm.showPages(this));
            evicted = false;
            tellReclaim(ReclaimStep.RESTORE);
        }
    }

    private void tellReclaim(ReclaimStep step) {
        kernel.sim()
                .emit(kernel.memoryTrack(), new MemoryEvent.Reclaim(step, sizeBytes(), id(), null));
    }

    /// `drm_gem_vmap`, with the reservation lock held.
    ///
    /// @return whether its pages had to be mapped, which was not so before
    public boolean vmap() {
        return vmaps++ == 0;
    }

    /// `drm_gem_vunmap`, with the reservation lock held.
    public void vunmap() {
        vmaps--;
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
            endings.forEach(Runnable::run);
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
                        new MemoryEvent.BoCreate(id(), handle, file, buffer.sizeBytes(), label));
    }
}
