package org.panscope.core.kernel.syncobj;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.mmu.VmMapping;
import org.panscope.trace.event.KernelEvent.AllocInSignal;

/// A `panthor_syncobj`: a sync object of an address space, mapped into the kernel for as long as
/// the wrapper lives. Making and releasing one allocates and takes the reservation lock of the
/// buffer object, also on the way to signalling a fence.
///
/// RFC patch 5/8: panthor_syncobj.c
public final class PanthorSyncobj {
    /// What `kzalloc` is asked for: two pointers to the object and its mapping, an offset, a
    /// pointer into the mapping, a flag.
    private static final long WRAPPER_BYTES = 40;

    private final KernelContext kernel;
    private final GemObject bo;
    private final SyncobjMemory memory;
    private final @Nullable Long job;

    private PanthorSyncobj(
            KernelContext kernel, GemObject bo, SyncobjMemory memory, @Nullable Long job) {
        this.kernel = kernel;
        this.bo = bo;
        this.memory = memory;
        this.job = job;
    }

    /// `panthor_syncobj_create`: warns when nothing is mapped at the address.
    ///
    /// @param sync64 whether its value has 64 bits
    /// @param job whose published fence depends on this call, if one
    /// @return null for -EINVAL
    public static @Nullable PanthorSyncobj create(
            KernelContext kernel, GpuVm vm, long va, boolean sync64, @Nullable Long job) {
        alloc(kernel, job, "kzalloc", WRAPPER_BYTES);
        alloc(kernel, job, "vm_op_lock", 0);
        VmMapping mapping = vm.getBoForVa(va);
        if (mapping == null) {
            kernel.warn(
                    "panthor_syncobj_create",
                    "no buffer object at va=0x" + Long.toHexString(va) + " of vm:" + vm.id());
            return null;
        }
        GemObject bo = mapping.bo();
        alloc(kernel, job, "resv_lock", 0);
        bo.resv().lock().lock();
        kernel.spend(kernel.timings().bufferNs());
        if (bo.vmap()) {
            alloc(kernel, job, "vmap", bo.sizeBytes());
        }
        bo.resv().lock().unlock();
        SyncobjMemory.Place place =
                new SyncobjMemory.Place(
                        vm.id(), va, bo, mapping.boOffset() + (va - mapping.va()), sync64);
        return new PanthorSyncobj(
                kernel, bo, new SyncobjMemory(kernel, place, SyncobjMemory.Writer.XGS), job);
    }

    /// `panthor_syncobj_release`.
    public void release() {
        alloc(kernel, job, "resv_lock", 0);
        bo.resv().lock().lock();
        bo.vunmap();
        bo.resv().lock().unlock();
        bo.put();
    }

    /// The address it was made for.
    public long va() {
        return memory.place().va();
    }

    /// `panthor_syncobj_get_value`.
    public long value() {
        return memory.value();
    }

    /// `panthor_syncobj_get_error`.
    public int error() {
        return memory.error();
    }

    /// `panthor_syncobj_signal`.
    public void signal(long value) {
        memory.storeValue(value);
    }

    /// `panthor_syncobj_signal_with_error`: no barrier between the two, so somebody may see the
    /// value and not yet the error.
    public void signalWithError(long value, int error) {
        memory.storeValue(value);
        memory.storeError(error);
    }

    private static void alloc(
            KernelContext kernel, @Nullable Long job, String kind, long sizeBytes) {
        if (job != null) {
            kernel.sim()
                    .emit(
                            kernel.kernelTrack(),
                            new AllocInSignal(job, "panthor_syncobj", kind, sizeBytes));
        }
    }
}
