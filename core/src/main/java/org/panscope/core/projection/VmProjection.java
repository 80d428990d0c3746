package org.panscope.core.projection;

import org.panscope.core.kernel.PanthorDevice;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.mmu.VmMapping;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;

/// Address spaces with their mappings, and the bytes of what is mapped. The section driver and
/// firmware share is left out: its words are told by name.
final class VmProjection implements LiveView {
    private final PanthorDevice device;

    VmProjection(PanthorDevice device) {
        this.device = device;
    }

    @Override
    public void project(Projection into) {
        for (GpuVm vm : device.vms()) {
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
            if (bo.id() != device.firmware().sharedObject().id()) {
                into.buffer(bo.buffer());
            }
        }
    }
}
