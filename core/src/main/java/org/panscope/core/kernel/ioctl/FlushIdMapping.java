package org.panscope.core.kernel.ioctl;

import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.DrmDevice;
import org.panscope.core.kernel.base.RuntimePm;

/// The LATEST_FLUSH_ID page: the register while the device is up, else a dummy page that holds 1.
///
/// kernel: panthor_device.c, panthor_mmio_vm_fault
final class FlushIdMapping extends MmioMapping {
    private static final int DUMMY_VALUE = 1;

    private final Registers registers;
    private final RuntimePm pm;
    private final DrmDevice drm;
    private boolean real;

    FlushIdMapping(
            int fileId,
            long va,
            int prot,
            Runnable unmapped,
            Registers registers,
            RuntimePm pm,
            DrmDevice drm) {
        super(fileId, MmapSpace.FLUSH_ID, va, prot, unmapped);
        this.registers = registers;
        this.pm = pm;
        this.drm = drm;
    }

    @Override
    public int load32(long offset) {
        check(READ);
        if (!isMapped()) {
            if (drm.isUnplugged()) {
                throw new BusError("the device is unplugged");
            }
            real = pm.state() == RuntimePm.State.ACTIVE;
            setMapped();
        }
        if (!real) {
            return DUMMY_VALUE;
        }
        return offset == 0 ? registers.read32(Regs.LATEST_FLUSH_ID) : 0;
    }

    @Override
    public void store32(long offset, int value) {
        check(WRITE);
    }

    /// `VM_MAYWRITE` was taken away.
    @Override
    int mayAdd() {
        return READ | EXEC;
    }
}
