package org.panscope.core.kernel;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.InterruptLine;
import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.IrqHandler;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.RuntimePm;
import org.panscope.core.kernel.base.Tracepoint;
import org.panscope.core.kernel.fwhost.FirmwareHost;
import org.panscope.core.kernel.ioctl.MmioMappings;
import org.panscope.core.kernel.mmu.AddressSpaces;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.sched.Scheduler;
import org.panscope.core.kernel.sched.SuspendWork;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.FirmwareEvent.IrqLine;
import org.panscope.trace.event.KernelEvent.ZapCause;

/// What the device does to get and to lose power, and its three interrupts.
///
/// kernel: panthor_device.c: panthor_device_resume, panthor_device_suspend; panthor_gpu.c (v6.11)
final class PowerSequence implements RuntimePm.Device {
    private static final long L2 = 1;
    private static final int L2_POLLS = 2000;
    private static final int CLEAN_CACHES_COMPLETED = 1 << 17;
    private static final int GPU_INTERRUPTS = 1 | 1 << 1 | 1 << 8 | CLEAN_CACHES_COMPLETED;
    private static final int POWER_INTERRUPTS = 1 << 9 | 1 << 10;
    private static final int COHERENCY_NONE = 31;

    /// Clean L2 and load/store caches.
    private static final int FLUSH_CLEAN = 4 | (1 | 1 << 4) << 8;

    private final KernelContext kernel;
    private final Registers registers;
    private final FirmwareHost firmware;
    private final AddressSpaces addressSpaces;
    private final MmioMappings mmio;
    private final IrqHandler jobIrq;
    private final IrqHandler mmuIrq;
    private final IrqHandler gpuIrq;
    private final WaitQueue flushWaiters;
    private boolean flushPending;
    private @Nullable Scheduler sched;

    PowerSequence(
            KernelContext kernel,
            Registers registers,
            InterruptLine job,
            InterruptLine mmu,
            InterruptLine gpu,
            FirmwareHost firmware,
            AddressSpaces addressSpaces,
            MmioMappings mmio) {
        this.kernel = kernel;
        this.registers = registers;
        this.firmware = firmware;
        this.addressSpaces = addressSpaces;
        this.mmio = mmio;
        flushWaiters = new WaitQueue(kernel.sim());
        jobIrq = irq(job, IrqLine.JOB, Regs.JOB_INT_RAWSTAT, this::jobInterrupt);
        mmuIrq = irq(mmu, IrqLine.MMU, Regs.MMU_INT_RAWSTAT, this::mmuInterrupt);
        gpuIrq = irq(gpu, IrqLine.GPU, Regs.GPU_INT_RAWSTAT, this::gpuInterrupt);
    }

    void setScheduler(Scheduler scheduler) {
        sched = scheduler;
    }

    // ---- power

    @Override
    public int runtimeResume() {
        step();
        gpuIrq.resume(gpuInterrupts());
        if (!powerOnL2()) {
            return Errno.ETIMEDOUT;
        }
        step();
        mmuIrq.resume((1 << addressSpaces.count()) - 1);
        int result = firmware.start(() -> jobIrq.resume(-1));
        if (result != 0) {
            return result;
        }
        scheduler().createSlots();
        scheduler().resume();
        mmio.zapAll(ZapCause.RESUME);
        return 0;
    }

    @Override
    public int runtimeSuspend() {
        mmio.zapAll(ZapCause.SUSPEND);
        boolean unfinished = new SuspendWork(scheduler()).run();
        if (unfinished && kernel.driver().fixes().suspendRecheck()) {
            scheduler().resume();
            mmio.zapAll(ZapCause.RESUME);
            return Errno.EBUSY;
        }
        step();
        firmware.halt();
        jobIrq.suspend();
        step();
        mmuIrq.suspend();
        addressSpaces.suspend();
        step();
        gpuIrq.suspend();
        registers.write64(Regs.L2_PWROFF, L2);
        awaitClear(Regs.L2_READY);
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

    /// `panthor_gpu_flush_caches`.
    int flushCaches() {
        flushPending = true;
        registers.write32(Regs.GPU_CMD, FLUSH_CLEAN);
        boolean done = flushWaiters.await(() -> !flushPending, kernel.timings().ackTimeoutNs());
        if (!done) {
            kernel.log("panthor_gpu_flush_caches", "Flush caches timeout");
        }
        return done ? 0 : Errno.ETIMEDOUT;
    }

    private boolean powerOnL2() {
        registers.write32(Regs.COHERENCY_PROTOCOL, COHERENCY_NONE);
        if (!awaitClear(Regs.L2_PWRTRANS)) {
            return false;
        }
        registers.write64(Regs.L2_PWRON, L2);
        for (int i = 0; i < L2_POLLS; i++) {
            if ((registers.read64(Regs.L2_READY) & L2) != 0) {
                return true;
            }
            kernel.spend(kernel.timings().pollNs());
        }
        kernel.log("panthor_gpu_block_power_on", "timeout waiting on L2:1 readiness");
        return false;
    }

    private boolean awaitClear(long register) {
        for (int i = 0; i < L2_POLLS; i++) {
            if ((registers.read64(register) & L2) == 0) {
                return true;
            }
            kernel.spend(kernel.timings().pollNs());
        }
        kernel.log("panthor_gpu_block_power_off", "timeout waiting on L2:1 power transition");
        return false;
    }

    // ---- interrupts

    private void jobInterrupt(int status) {
        if (firmware.jobInterrupt(status)) {
            scheduler().reportFwEvents(status);
            long durationNs = kernel.sim().nowNs() - jobIrq.passStartNs();
            kernel.tracepoints().gpuJobIrq(status, durationNs);
        }
    }

    /// Whoever turns the tracepoint on unmasks the interrupts it tells of.
    private int gpuInterrupts() {
        boolean traced = kernel.tracepoints().isOn(Tracepoint.GPU_POWER_STATUS);
        return traced ? GPU_INTERRUPTS | POWER_INTERRUPTS : GPU_INTERRUPTS;
    }

    private void gpuInterrupt(int status) {
        registers.write32(Regs.GPU_INT_CLEAR, status);
        if ((status & POWER_INTERRUPTS) != 0) {
            kernel.tracepoints()
                    .gpuPowerStatus(
                            registers.read64(Regs.SHADER_READY),
                            registers.read64(Regs.TILER_READY),
                            registers.read64(Regs.L2_READY));
        }
        if ((status & 1) != 0) {
            kernel.log(
                    "panthor_gpu_irq_handler",
                    "GPU Fault 0x" + Integer.toHexString(registers.read32(Regs.GPU_FAULT_STATUS)));
        }
        if ((status & CLEAN_CACHES_COMPLETED) != 0) {
            flushPending = false;
            flushWaiters.wakeAll();
        }
    }

    /// The address space is disabled, which kills its jobs; the tick then finds the group.
    private void mmuInterrupt(int status) {
        boolean unhandled = false;
        for (int as = 0; as < addressSpaces.count(); as++) {
            if ((status & 1 << as) == 0) {
                continue;
            }
            kernel.log("panthor_mmu_irq_handler", faultText(as));
            registers.write32(Regs.MMU_INT_CLEAR, 1 << as);
            GpuVm vm = addressSpaces.owner(as);
            if (vm != null) {
                vm.setUnhandledFault(true);
                unhandled = true;
            }
            addressSpaces.disableFaulty(as);
        }
        if (unhandled) {
            scheduler().reportMmuFault();
        }
    }

    private String faultText(int as) {
        return "Unhandled Page fault in AS"
                + as
                + " at VA 0x"
                + Long.toHexString(registers.read64(Regs.as(as, Regs.AS_FAULTADDRESS)))
                + " raw fault status: 0x"
                + Integer.toHexString(registers.read32(Regs.as(as, Regs.AS_FAULTSTATUS)));
    }

    private IrqHandler irq(
            InterruptLine line, IrqLine name, long base, IrqHandler.Handler handler) {
        return new IrqHandler(kernel, registers, line, name, base, handler);
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
