package org.panscope.core.kernel;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.InterruptLine;
import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.IrqHandler;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.RuntimePm;
import org.panscope.core.kernel.fwhost.FirmwareBoot;
import org.panscope.core.kernel.fwhost.FirmwareHost;
import org.panscope.core.kernel.ioctl.MmioMappings;
import org.panscope.core.kernel.mmu.AddressSpaces;
import org.panscope.core.kernel.mmu.MmuFaults;
import org.panscope.core.kernel.sched.Scheduler;
import org.panscope.core.kernel.sched.SuspendWork;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.FirmwareEvent.IrqLine;
import org.panscope.trace.event.KernelEvent.ZapCause;
import org.panscope.trace.event.SchedEvent.ResetStep;

/// What the device does to get and to lose power, and its three interrupts.
///
/// kernel: panthor_device.c: panthor_device_resume, panthor_device_suspend (v6.11; 2026 where they
/// differ)
final class DevicePower implements RuntimePm.Device {
    private final KernelContext kernel;
    private final FirmwareHost firmware;
    private final AddressSpaces addressSpaces;
    private final MmioMappings mmio;
    private final IrqHandler jobIrq;
    private final GpuBlock gpuBlock;
    private final FirmwareBoot boot;
    private final MmuFaults mmuFaults;
    private @Nullable Scheduler sched;

    DevicePower(
            KernelContext kernel,
            Registers registers,
            InterruptLine job,
            InterruptLine mmu,
            InterruptLine gpu,
            FirmwareHost firmware,
            AddressSpaces addressSpaces,
            MmioMappings mmio) {
        this.kernel = kernel;
        this.firmware = firmware;
        this.addressSpaces = addressSpaces;
        this.mmio = mmio;
        jobIrq =
                new IrqHandler(
                        kernel,
                        registers,
                        job,
                        IrqLine.JOB,
                        Regs.JOB_INT_RAWSTAT,
                        this::jobInterrupt);
        IrqHandler mmuIrq =
                new IrqHandler(
                        kernel,
                        registers,
                        mmu,
                        IrqLine.MMU,
                        Regs.MMU_INT_RAWSTAT,
                        this::mmuInterrupt);
        gpuBlock =
                new GpuBlock(
                        kernel,
                        registers,
                        body ->
                                new IrqHandler(
                                        kernel,
                                        registers,
                                        gpu,
                                        IrqLine.GPU,
                                        Regs.GPU_INT_RAWSTAT,
                                        body));
        mmuFaults = new MmuFaults(kernel, addressSpaces);
        addressSpaces.connect(
                mmuIrq,
                alsoLoadStore ->
                        gpuBlock.flushCaches(
                                GpuBlock.CLEAN_AND_INVALIDATE,
                                alsoLoadStore ? GpuBlock.CLEAN_AND_INVALIDATE : 0));
        boot = new FirmwareBoot(kernel, registers, addressSpaces, firmware, jobIrq);
    }

    void setScheduler(Scheduler scheduler) {
        sched = scheduler;
    }

    GpuBlock gpuBlock() {
        return gpuBlock;
    }

    FirmwareBoot boot() {
        return boot;
    }

    // ---- power

    /// An unplugged device gets its clocks and nothing else.
    @Override
    public int runtimeResume() {
        step();
        if (!kernel.drmDevice().enter()) {
            return 0;
        }
        if (kernel.driver().isMainline2026() && kernel.reset().isPending()) {
            kernel.reset().setFast(false);
            kernel.reset().clearPending(ResetStep.CANCELLED);
        }
        int result = resumeHardware();
        if (result != 0 && kernel.driver().isMainline2026() && kernel.reset().isFast()) {
            kernel.log("panthor_device_resume", "Fast reset failed, trying a slow reset");
            kernel.reset().setFast(false);
            result = resumeHardware();
        }
        if (result == 0) {
            scheduler().createSlots();
            scheduler().resume();
        } else if (!kernel.driver().isMainline2026()) {
            kernel.warn("panthor_device_resume", "panthor_fw_resume failed: " + result);
        }
        kernel.drmDevice().exit();
        if (result != 0) {
            return result;
        }
        if (!kernel.driver().isMainline2026() && kernel.reset().isPending()) {
            kernel.reset().queueWork();
        }
        mmio.zapAll(ZapCause.RESUME);
        return 0;
    }

    /// `panthor_device_resume_hw_components`.
    private int resumeHardware() {
        if (!gpuBlock.resume()) {
            return Errno.ETIMEDOUT;
        }
        step();
        addressSpaces.resume();
        int result = boot.resume();
        if (result != 0) {
            addressSpaces.suspend();
            gpuBlock.suspend();
        }
        return result;
    }

    @Override
    public int runtimeSuspend() {
        mmio.zapAll(ZapCause.SUSPEND);
        if (kernel.drmDevice().enter()) {
            kernel.reset().cancelWork();
            boolean unfinished = new SuspendWork(scheduler()).run();
            if (unfinished && kernel.driver().fixes().suspendRecheck()) {
                kernel.drmDevice().exit();
                scheduler().resume();
                mmio.zapAll(ZapCause.RESUME);
                return Errno.EBUSY;
            }
            step();
            boot.preReset(false);
            step();
            addressSpaces.suspend();
            step();
            gpuBlock.suspend();
            kernel.drmDevice().exit();
        }
        return 0;
    }

    @Override
    public int groupsOnSlot() {
        return sched == null ? 0 : sched.groupsOnSlot();
    }

    @Override
    public int groupsWithWork() {
        return sched == null ? 0 : sched.groupsWithWork();
    }

    // ---- interrupts

    private void jobInterrupt(int status) {
        if (firmware.jobInterrupt(status)) {
            scheduler().reportFwEvents(status);
            long durationNs = kernel.sim().nowNs() - jobIrq.passStartNs();
            kernel.tracepoints().gpuJobIrq(status, durationNs);
        }
    }

    /// The address space is disabled, which kills its jobs; the tick then finds the group.
    private void mmuInterrupt(int status) {
        if (mmuFaults.handle(status)) {
            scheduler().reportMmuFault();
        }
    }

    private Scheduler scheduler() {
        Scheduler scheduler = sched;
        if (scheduler == null) {
            throw new IllegalStateException("the device has no scheduler yet");
        }
        return scheduler;
    }

    private void step() {
        kernel.spend(kernel.timings().powerStepNs());
    }
}
