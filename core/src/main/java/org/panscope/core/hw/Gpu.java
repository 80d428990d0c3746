package org.panscope.core.hw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.IrqLine;
import org.panscope.trace.event.FirmwareEvent.McuState;

import java.util.function.LongFunction;

/// A CSF Mali GPU as software sees it: registers, three interrupt lines, MMU, caches, power and the
/// microcontroller's on/off state. The firmware plugs in through [McuPort].
///
/// Simplified: caches hold nothing, a flush only takes time; clocks and power domains other than
/// the L2 are always on.
///
/// kernel: drivers/gpu/drm/panthor/panthor_gpu.c, panthor_regs.h
public final class Gpu {
    private static final int COMMAND_SOFT_RESET = 0x101;
    private static final int COMMAND_HARD_RESET = 0x201;
    private static final int COMMAND_FLUSH = 4;
    private static final int INT_FAULT = 1;
    private static final int INT_RESET_COMPLETED = 1 << 8;
    private static final int INT_POWER_CHANGED_ALL = 1 << 10;
    private static final int INT_CLEAN_CACHES_COMPLETED = 1 << 17;
    private static final int INT_MCU_STATUS_CHANGED = 1 << 19;
    private static final int FLUSH_ID_MASK = 0xff_ffff;

    private final Simulation simulation;
    private final PhysicalMemory memory;
    private final GpuParameters parameters;
    private final GpuMmu mmu;
    private final IrqUnit job;
    private final IrqUnit mmuIrq;
    private final IrqUnit gpuIrq;
    private final RegisterFile registers;
    private final Actor actor = new Actor("gpu", -1, "gpu");
    private final Actor firmware = new Actor("mcu", -1, "fw");
    private final int track;
    private @Nullable McuPort mcu;
    private LongFunction<@Nullable BoLocation> physicalLookup = address -> null;
    private int mcuStatus;
    private int flushId = 1;
    private boolean l2Ready;
    private Simulation.@Nullable Timer l2Transition;

    public Gpu(Simulation simulation, PhysicalMemory memory, GpuParameters parameters) {
        this.simulation = simulation;
        this.memory = memory;
        this.parameters = parameters;
        int spaces = 32 - Integer.numberOfLeadingZeros(parameters.getInt(GpuParameters.AS_PRESENT));
        mmu = new GpuMmu(memory, spaces);
        job = new IrqUnit(simulation, parameters, IrqLine.JOB);
        mmuIrq = new IrqUnit(simulation, parameters, IrqLine.MMU);
        gpuIrq = new IrqUnit(simulation, parameters, IrqLine.GPU);
        track = TrackNames.hardware(simulation);
        registers = new RegisterFile(this);
    }

    public Registers registers() {
        return registers;
    }

    public InterruptLine jobInterrupt() {
        return job;
    }

    public InterruptLine mmuInterrupt() {
        return mmuIrq;
    }

    public InterruptLine gpuInterrupt() {
        return gpuIrq;
    }

    public Simulation simulation() {
        return simulation;
    }

    public PhysicalMemory memory() {
        return memory;
    }

    public GpuParameters parameters() {
        return parameters;
    }

    public GpuMmu mmu() {
        return mmu;
    }

    /// Who executes streams and jobs.
    public Actor actor() {
        return actor;
    }

    /// Who runs the firmware.
    public Actor firmwareActor() {
        return firmware;
    }

    /// Track of the GPU as a whole.
    public int track() {
        return track;
    }

    // ---- wiring of the machine ----------------------------------------------------------------

    /// Plugs in the firmware.
    public void attach(McuPort port) {
        mcu = port;
    }

    /// Lets events name buffer objects. The lookup gives null where an address belongs to none.
    public void setPhysicalLookup(LongFunction<@Nullable BoLocation> lookup) {
        physicalLookup = lookup;
    }

    /// The buffer object behind a physical address, or null.
    public @Nullable BoLocation locate(long physicalAddress) {
        return physicalLookup.apply(physicalAddress);
    }

    /// Says whose page tables an address space walks, so that events can name the VM. Call it
    /// before the UPDATE command; -1 for nobody.
    public void setAddressSpaceOwner(int as, int vmId) {
        mmu.space(as).ownerVmId = vmId;
    }

    /// The VM told by [#setAddressSpaceOwner], or -1.
    public int addressSpaceOwner(int as) {
        return as >= 0 && as < mmu.count() ? mmu.space(as).ownerVmId : -1;
    }

    // ---- counters -----------------------------------------------------------------------------

    /// The system counter.
    public long timestamp() {
        return ticks(parameters.get(GpuParameters.TIMESTAMP_HZ));
    }

    /// Cycles of the core clock.
    public long cycleCount() {
        return ticks(parameters.get(GpuParameters.CORE_CLOCK_HZ));
    }

    /// LATEST_FLUSH_ID: 24 bits, never 0.
    public int latestFlushId() {
        return flushId;
    }

    private long ticks(long hertz) {
        long seconds = simulation.nowNs() / 1_000_000_000L;
        long rest = simulation.nowNs() % 1_000_000_000L;
        return seconds * hertz + rest * hertz / 1_000_000_000L;
    }

    // ---- what firmware and streams do to the hardware -----------------------------------------

    /// Raises bits of the job interrupt.
    public void raiseJob(int bits) {
        job.raise(bits);
    }

    /// Publishes a state of the microcontroller in MCU_STATUS.
    public void setMcuStatus(int status) {
        if (status == mcuStatus) {
            return;
        }
        mcuStatus = status;
        McuState state =
                switch (status) {
                    case Regs.MCU_STATUS_ENABLED -> McuState.ENABLED;
                    case Regs.MCU_STATUS_HALT -> McuState.HALT;
                    case Regs.MCU_STATUS_FATAL -> McuState.FATAL;
                    default -> McuState.DISABLED;
                };
        simulation.follow(track, new FirmwareEvent.Mcu(state));
        gpuIrq.raise(INT_MCU_STATUS_CHANGED);
    }

    /// A cache flush has been performed: the flush id moves on.
    public void flushPerformed() {
        flushId = (flushId + 1) & FLUSH_ID_MASK;
        if (flushId == 0) {
            flushId = 1;
        }
        registerChanged(Regs.LATEST_FLUSH_ID, "LATEST_FLUSH_ID", flushId);
    }

    /// Reports an access that did not translate: fault registers, event, interrupt.
    ///
    /// @param exception code as [GpuMmu#translate] gives it, positive
    public void reportMmuFault(int as, long va, int exception, Access access) {
        GpuMmu.AddressSpace space = mmu.space(as);
        space.faultStatus = exception | (access.code() << 8);
        space.faultAddress = va;
        simulation.follow(
                track,
                new FirmwareEvent.Fault(
                        FirmwareEvent.FaultKind.MMU_FAULT,
                        null,
                        null,
                        as,
                        exception,
                        space.faultStatus,
                        va));
        mmuIrq.raise(1 << as);
    }

    /// Raises the GPU fault interrupt, as a hardware fault outside any stream would.
    public void injectGpuFault() {
        gpuIrq.raise(INT_FAULT);
    }

    // ---- side effects of registers ------------------------------------------------------------

    IrqUnit job() {
        return job;
    }

    IrqUnit mmuIrq() {
        return mmuIrq;
    }

    IrqUnit gpuIrq() {
        return gpuIrq;
    }

    int mcuStatus() {
        return mcuStatus;
    }

    boolean l2Ready() {
        return l2Ready;
    }

    boolean l2InTransition() {
        return l2Transition != null && l2Transition.isPending();
    }

    void ringDoorbell(int id) {
        simulation.schedule(
                firmware,
                parameters.get(GpuParameters.DOORBELL_NS),
                Simulation.HARDWARE,
                () -> {
                    McuPort port = mcu;
                    if (port != null) {
                        port.doorbell(id);
                    }
                });
    }

    void command(int value) {
        if (value == COMMAND_SOFT_RESET || value == COMMAND_HARD_RESET) {
            after(GpuParameters.RESET_NS, this::reset);
        } else if ((value & 0xff) == COMMAND_FLUSH) {
            after(
                    GpuParameters.FLUSH_NS,
                    () -> {
                        flushPerformed();
                        gpuIrq.raise(INT_CLEAN_CACHES_COMPLETED);
                    });
        }
    }

    void powerL2(boolean on) {
        if (l2Transition != null) {
            l2Transition.cancel();
        }
        l2Transition =
                after(
                        GpuParameters.POWER_NS,
                        () -> {
                            if (l2Ready != on) {
                                l2Ready = on;
                                registerChanged(Regs.L2_READY, "L2_READY", on ? 1 : 0);
                                gpuIrq.raise(INT_POWER_CHANGED_ALL);
                            }
                        });
    }

    void controlMcu(int value) {
        McuPort port = mcu;
        if (port != null) {
            port.control(value);
        }
    }

    void addressSpaceCommand(int as, int command) {
        GpuMmu.AddressSpace space = mmu.space(as);
        space.busyUntilNs = simulation.nowNs() + parameters.get(GpuParameters.AS_COMMAND_NS);
        space.invalidate();
        if (command != Regs.AS_COMMAND_UPDATE) {
            return;
        }
        space.latch();
        Integer vmId = space.enabled() && space.ownerVmId >= 0 ? space.ownerVmId : null;
        simulation.emit(
                TrackNames.mmu(simulation), new FirmwareEvent.AsConfig(as, vmId, space.transtab()));
        McuPort port = mcu;
        if (port != null) {
            simulation.schedule(
                    firmware, 0, Simulation.HARDWARE, () -> port.addressSpaceUpdated(as));
        }
    }

    private void reset() {
        McuPort port = mcu;
        if (port != null) {
            port.reset();
        }
        for (int as = 0; as < mmu.count(); as++) {
            mmu.space(as).reset();
        }
        job.reset();
        mmuIrq.reset();
        registers.reset();
        l2Ready = false;
        setMcuStatus(Regs.MCU_STATUS_DISABLED);
        int gpuMask = gpuIrq.mask();
        gpuIrq.reset();
        // ASSUMPTION: hw.gpu_mask_survives_reset: the mask of the GPU line survives, for the driver
        // waits for this bit.
        gpuIrq.setMask(gpuMask);
        gpuIrq.raise(INT_RESET_COMPLETED);
    }

    private void registerChanged(long offset, String name, long value) {
        simulation.emit(track, new FirmwareEvent.RegWrite(offset, name, value));
    }

    private Simulation.Timer after(String parameter, Runnable action) {
        return simulation.schedule(actor, parameters.get(parameter), Simulation.HARDWARE, action);
    }
}
