package org.panscope.core.kernel;

import org.panscope.core.kernel.base.DeviceReset;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.RuntimePm;
import org.panscope.core.kernel.ioctl.MmioMappings;
import org.panscope.core.kernel.mmu.AddressSpaces;
import org.panscope.core.kernel.sched.SchedReset;
import org.panscope.core.kernel.sched.Scheduler;
import org.panscope.trace.event.KernelEvent.ZapCause;
import org.panscope.trace.event.SchedEvent.PmOwner;
import org.panscope.trace.event.SchedEvent.ResetStep;

/// Resets the GPU: everybody off, soft reset, firmware loaded and booted again, everybody on. A
/// firmware that does not boot any more makes the device unusable.
///
/// kernel: panthor_device.c: panthor_device_reset_work, panthor_device_unplug (v6.11; 2026 where
/// they differ)
final class ResetWork {
    private final KernelContext kernel;
    private final DeviceReset reset;
    private final RuntimePm pm;
    private final DevicePower power;
    private final AddressSpaces addressSpaces;
    private final MmioMappings mmio;
    private final Scheduler sched;

    private ResetWork(
            KernelContext kernel,
            RuntimePm pm,
            DevicePower power,
            AddressSpaces addressSpaces,
            MmioMappings mmio,
            Scheduler sched) {
        this.kernel = kernel;
        this.pm = pm;
        this.power = power;
        this.addressSpaces = addressSpaces;
        this.mmio = mmio;
        this.sched = sched;
        reset = kernel.reset();
    }

    /// Makes it what the device does when a reset is scheduled.
    static void connect(
            KernelContext kernel,
            RuntimePm pm,
            DevicePower power,
            AddressSpaces addressSpaces,
            MmioMappings mmio,
            Scheduler sched) {
        ResetWork work = new ResetWork(kernel, pm, power, addressSpaces, mmio, sched);
        kernel.reset().connect(() -> pm.state() == RuntimePm.State.ACTIVE, work::run);
    }

    private void run() {
        if (pm.state() != RuntimePm.State.ACTIVE) {
            notUp();
            return;
        }
        if (!kernel.drmDevice().enter()) {
            return;
        }
        SchedReset schedReset = new SchedReset(sched);
        schedReset.preReset();
        power.boot().preReset(true);
        reset.tell(ResetStep.FW_PRE, null);
        addressSpaces.preReset();
        reset.tell(ResetStep.MMU_PRE, null);
        power.gpuBlock().softReset();
        reset.tell(ResetStep.SOFT_RESET, null);
        power.gpuBlock().powerOnL2();
        reset.tell(ResetStep.L2_ON, null);
        addressSpaces.postReset();
        reset.tell(ResetStep.MMU_POST, null);
        int result = power.boot().postReset();
        reset.tell(ResetStep.FW_POST, result == 0 ? null : "the firmware did not boot");
        reset.clearPending(ResetStep.PENDING_CLEARED);
        schedReset.postReset(result != 0);
        kernel.drmDevice().exit();
        if (result != 0) {
            unplug();
            kernel.log(
                    "panthor_device_reset_work",
                    "Failed to boot MCU after reset, making device unusable.");
        }
    }

    /// v6.11 believes that losing power is as good as a reset; in 2026 the next resume loads the
    /// firmware again.
    private void notUp() {
        if (!kernel.driver().isMainline2026()) {
            reset.clearPending(ResetStep.DROPPED);
        }
    }

    /// `panthor_device_unplug`.
    private void unplug() {
        int powered = pm.resumeAndGet(PmOwner.RESET);
        kernel.drmDevice().unplug();
        mmio.zapAll(ZapCause.UNPLUG);
        reset.tell(ResetStep.UNPLUGGED, null);
        sched.unplug();
        power.boot().unplug(powered == 0);
        if (powered == 0) {
            power.gpuBlock().powerOffL2();
        }
        addressSpaces.unplug();
        power.gpuBlock().unplug();
        if (powered == 0) {
            pm.put(PmOwner.RESET);
        }
    }
}
