package org.panscope.core.kernel.ioctl;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DmaResv;
import org.panscope.core.kernel.drm.DrmExec;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The reservations a submission locks and leaves its fences on: that of an address space, and
/// those of objects mapped there that have their own.
///
/// kernel: panthor_mmu.c, panthor_vm_prepare_mapped_bos_resvs, panthor_vm_bind_job_prepare_resvs,
/// panthor_vm_update_resvs; drm_gpuvm.c, drm_gpuvm_resv_add_fence
final class SubmitReservations {
    private final GpuVm vm;
    private final Supplier<List<GemObject>> objects;
    private final DmaResv.Usage ownUsage;
    private final DmaResv.Usage externalUsage;
    private final DrmExec exec;

    private SubmitReservations(
            KernelContext kernel,
            GpuVm vm,
            Supplier<List<GemObject>> objects,
            DmaResv.Usage ownUsage,
            DmaResv.Usage externalUsage) {
        this.vm = vm;
        this.objects = objects;
        this.ownUsage = ownUsage;
        this.externalUsage = externalUsage;
        exec = new DrmExec(kernel);
    }

    /// All external objects of an address space: for work that may touch any of them.
    ///
    /// @param ownUsage what fences mean for the address space and its private objects
    /// @param externalUsage what they mean for external objects
    static SubmitReservations ofAll(
            KernelContext kernel, GpuVm vm, DmaResv.Usage ownUsage, DmaResv.Usage externalUsage) {
        return new SubmitReservations(kernel, vm, vm::externalObjects, ownUsage, externalUsage);
    }

    /// Some objects only.
    ///
    /// @param objects looked at when the locks are taken
    static SubmitReservations of(
            KernelContext kernel,
            GpuVm vm,
            List<GemObject> objects,
            DmaResv.Usage ownUsage,
            DmaResv.Usage externalUsage) {
        return new SubmitReservations(kernel, vm, () -> objects, ownUsage, externalUsage);
    }

    /// Blocks. The list of external objects is only known with the lock of the address space held.
    void lock() {
        exec.lockAll(this::wanted);
        vm.restorePages();
    }

    private List<DmaResv> wanted() {
        List<DmaResv> wanted = new ArrayList<>();
        wanted.add(vm.resv());
        if (exec.locked().contains(vm.resv())) {
            objects.get().forEach(object -> wanted.add(object.resv()));
        }
        return wanted;
    }

    /// With the locks held: leaves a fence on each of them.
    void add(DmaFence fence) {
        for (DmaResv resv : exec.locked()) {
            resv.add(fence, resv == vm.resv() ? ownUsage : externalUsage);
        }
    }

    void unlock() {
        exec.unlockAll();
    }
}
