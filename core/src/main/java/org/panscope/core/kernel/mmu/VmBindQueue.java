package org.panscope.core.kernel.mmu;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.Workqueue;
import org.panscope.core.kernel.drm.DrmSchedJob;
import org.panscope.core.kernel.drm.DrmScheduler;

/// The queue of an address space for asynchronous VM_BINDs: one operation at a time, in order,
/// without a time limit.
///
/// kernel: panthor_mmu.c, panthor_vm_bind_ops
final class VmBindQueue implements DrmScheduler.Backend {
    private static final String NAME = "panthor-vm-bind";
    private static final int CREDIT_LIMIT = 1;

    private final KernelContext kernel;
    private final GpuVm vm;
    private final Workqueue cleanup;
    private final DrmScheduler scheduler;

    /// @param queue where operations are done
    /// @param cleanup where what they held is given back, outside of the path to a fence
    VmBindQueue(KernelContext kernel, GpuVm vm, Workqueue queue, Workqueue cleanup) {
        this.kernel = kernel;
        this.vm = vm;
        this.cleanup = cleanup;
        scheduler = new DrmScheduler(kernel, NAME, this, CREDIT_LIMIT, null, queue, null);
    }

    DrmScheduler scheduler() {
        return scheduler;
    }

    @Override
    public DrmScheduler.RunResult runJob(DrmSchedJob job) {
        int result = vm.execAsync(((VmBindJob) job).op());
        return result == 0
                ? DrmScheduler.RunResult.of(null)
                : DrmScheduler.RunResult.failed(result);
    }

    @Override
    public void timedOutJob(DrmSchedJob job) {
        kernel.warn(
                "panthor_vm_bind_timedout_job",
                "VM_BIND ops are synchronous for now, there should be no timeout!");
    }

    @Override
    public void freeJob(DrmSchedJob job) {
        VmBindJob bind = (VmBindJob) job;
        cleanup.item("panthor_vm_bind_job_cleanup_op_ctx_work", null, bind::release).queue();
    }
}
