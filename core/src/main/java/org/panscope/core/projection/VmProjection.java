package org.panscope.core.projection;

import org.panscope.core.kernel.PanthorDevice;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.mmu.VmMapping;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;

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
        for (GemObject bo : device.allObjects()) {
            into.object(ObjectId.of("bo", bo.id()))
                    .is(Belief.KERNEL, "size", bo.sizeBytes())
                    .is(Belief.KERNEL, "label", bo.buffer().label());
            if (bo.id() != device.firmware().sharedObject().id()) {
                into.buffer(bo.buffer());
            }
        }
    }

    private static void vm(Projection into, GpuVm vm) {
        Projection.Claims claims =
                into.object(ObjectId.of("vm", vm.id())).completeFrom(Belief.KERNEL, MAPPING);
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
}
