package org.panscope.core.kernel.mmu;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.LiveObject;
import org.panscope.core.kernel.drm.DrmSchedEntity;
import org.panscope.core.kernel.drm.DrmSchedJob;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.SchedEvent.JobStep;

/// A `panthor_vm_bind_job`: one operation of an asynchronous VM_BIND.
///
/// kernel: panthor_mmu.c, panthor_vm_bind_job_create
public final class VmBindJob extends DrmSchedJob implements LiveObject {
    private static final int CREDITS = 1;

    private final KernelContext kernel;
    private final GpuVm vm;
    private final VmOp op;
    private JobStep step = JobStep.CREATED;

    VmBindJob(KernelContext kernel, GpuVm vm, DrmSchedEntity entity, VmOp op) {
        super(kernel.nextJob(), entity, CREDITS);
        this.kernel = kernel;
        this.vm = vm.get();
        this.op = op;
        kernel.born(this);
        trace(JobStep.CREATED, null, 0);
    }

    public GpuVm vm() {
        return vm;
    }

    public VmOp op() {
        return op;
    }

    /// The last step it took.
    public JobStep step() {
        return step;
    }

    /// Whether it waits in the queue of its address space.
    public boolean isQueued() {
        return step == JobStep.PUSHED || step == JobStep.DEP_WAIT;
    }

    @Override
    public String objectId() {
        return "job:" + id();
    }

    /// `panthor_vm_bind_job_put` of a job that was never armed.
    public void abandon() {
        trace(JobStep.FREED, null, 0);
        cleanUp();
        release();
    }

    /// `panthor_vm_bind_job_release`.
    void release() {
        vm.cleanUp(op);
        vm.put();
    }

    @Override
    public void trace(JobStep next, @Nullable String fence, int error) {
        step = next;
        if (next == JobStep.FREED) {
            kernel.gone(this);
        }
        GemObject bo = op.bo();
        kernel.sim()
                .emit(
                        kernel.memoryTrack(),
                        new MemoryEvent.VmBindJob(
                                id(),
                                vm.id(),
                                next,
                                op.type(),
                                op.va(),
                                op.sizeBytes(),
                                bo == null ? null : bo.id(),
                                op.boOffset(),
                                op.flags(),
                                isArmed() ? finished().objectId() : null,
                                fence,
                                error));
    }
}
