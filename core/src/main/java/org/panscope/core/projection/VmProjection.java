package org.panscope.core.projection;

import org.panscope.core.kernel.PanthorDevice;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.mmu.VmBindJob;
import org.panscope.core.kernel.mmu.VmMapping;
import org.panscope.core.kernel.sched.EvictableVm;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.SchedEvent.EvictionStep;
import org.panscope.trace.event.SchedEvent.JobStep;

import java.util.stream.Collectors;

/// Address spaces with their mappings, and the bytes of all buffer objects. The section driver and
/// firmware share is left out: its words are told by name.
final class VmProjection implements LiveView {
    private static final String MAPPING = "map_0x";

    private final PanthorDevice device;

    VmProjection(PanthorDevice device) {
        this.device = device;
    }

    @Override
    public void project(Projection into) {
        into.complete("vm");
        into.complete("bo");
        device.allVms().forEach(vm -> vm(into, vm));
        device.bindJobs().forEach(job -> bindJob(into, job));
        for (GemObject bo : device.allObjects()) {
            into.object(ObjectId.of("bo", bo.id()))
                    .is(Belief.KERNEL, "size", bo.sizeBytes())
                    .is(Belief.KERNEL, "label", bo.label())
                    .isOrUnset(Belief.KERNEL, "evicted", bo.isEvicted(), false)
                    .isOrUnset(Belief.KERNEL, "handles", bo.handlesText(), "")
                    .isOrUnset(Belief.KERNEL, "resv", resv(bo), "");
            if (bo.id() != device.firmware().sharedObject().id()) {
                into.buffer(bo.buffer());
            }
        }
    }

    /// An object private to an address space has no reservation of its own.
    private static String resv(GemObject bo) {
        return bo.exclusiveVm() == null ? bo.resv().text() : "";
    }

    private void vm(Projection into, GpuVm vm) {
        Projection.Claims claims =
                into.object(ObjectId.of("vm", vm.id()))
                        .completeFrom(Belief.KERNEL, MAPPING)
                        .isOrUnset(Belief.KERNEL, "unusable", vm.isUnusable(), false)
                        .isOrUnset(Belief.KERNEL, "destroyed", vm.isDestroyed(), false)
                        .isOrUnset(Belief.KERNEL, "eviction", eviction(vm), "")
                        .isOrUnset(Belief.KERNEL, "bind_queue", bindQueue(vm), "")
                        .isOrUnset(Belief.KERNEL, "resv", vm.resv().text(), "");
        for (VmMapping mapping : vm.mappings()) {
            claims.is(
                    Belief.KERNEL,
                    MAPPING + Long.toHexString(mapping.va()),
                    "0x"
                            + Long.toHexString(mapping.sizeBytes())
                            + " bo:"
                            + mapping.bo().id()
                            + "+0x"
                            + Long.toHexString(mapping.boOffset())
                            + " flags 0x"
                            + Long.toHexString(mapping.flags()));
        }
    }

    private String eviction(GpuVm vm) {
        EvictableVm evictable = device.scheduler().evictions().of(vm);
        EvictionStep step = evictable == null ? null : evictable.step();
        return step == null ? "" : step.label();
    }

    private String bindQueue(GpuVm vm) {
        return device.bindJobs().stream()
                .filter(job -> job.vm() == vm && job.isQueued())
                .map(VmBindJob::objectId)
                .collect(Collectors.joining(" "));
    }

    /// What a job waits for is claimed only while it does wait.
    private static void bindJob(Projection into, VmBindJob job) {
        GemObject bo = job.op().bo();
        Projection.Claims claims =
                into.object(ObjectId.of("job", job.id()))
                        .is(Belief.KERNEL, "vm", job.vm().id())
                        .is(Belief.KERNEL, "step", job.step())
                        .is(Belief.KERNEL, "op", job.op().type())
                        .is(Belief.KERNEL, "va", job.op().va())
                        .is(Belief.KERNEL, "size", job.op().sizeBytes())
                        .is(Belief.KERNEL, "bo", bo == null ? null : bo.id());
        if (job.isArmed()) {
            claims.is(Belief.KERNEL, "finished_fence", job.finished().objectId());
        }
        DmaFence dependency = job.entity().dependency();
        if (dependency != null && job.step() == JobStep.DEP_WAIT) {
            claims.is(Belief.KERNEL, "waits_for", dependency.objectId());
        }
    }
}
