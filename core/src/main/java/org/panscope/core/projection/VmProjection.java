package org.panscope.core.projection;

import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.mmu.VmMapping;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.Scheduler;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;

import java.util.SortedMap;
import java.util.TreeMap;

/// Address spaces with their mappings, and the bytes of what is mapped. The section driver and
/// firmware share is left out: its words are told by name.
final class VmProjection implements LiveView {
    private final Scheduler scheduler;

    VmProjection(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void project(Projection into) {
        SortedMap<Integer, GpuVm> vms = new TreeMap<>();
        GpuVm mcu = scheduler.firmware().mcuVm();
        vms.put(mcu.id(), mcu);
        for (Group group : LiveGroups.of(scheduler)) {
            vms.put(group.vm().id(), group.vm());
        }
        for (GpuVm vm : vms.values()) {
            if (!vm.isDestroyed()) {
                vm(into, vm);
            }
        }
    }

    private void vm(Projection into, GpuVm vm) {
        Projection.Claims claims = into.object(ObjectId.of("vm", vm.id()));
        for (VmMapping mapping : vm.mappings()) {
            GemObject bo = mapping.bo();
            claims.is(
                    Belief.KERNEL,
                    "map_0x" + Long.toHexString(mapping.va()),
                    "0x"
                            + Long.toHexString(mapping.sizeBytes())
                            + " bo:"
                            + bo.id()
                            + "+0x"
                            + Long.toHexString(mapping.boOffset())
                            + " flags 0x"
                            + Long.toHexString(mapping.flags()));
            into.object(ObjectId.of("bo", bo.id()))
                    .is(Belief.KERNEL, "size", bo.sizeBytes())
                    .is(Belief.KERNEL, "label", bo.buffer().label());
            if (bo.id() != scheduler.firmware().sharedObject().id()) {
                into.buffer(bo.buffer());
            }
        }
    }
}
