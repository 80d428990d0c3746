package org.panscope.core.hw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.IrqLine;
import org.panscope.trace.event.FirmwareEvent.McuState;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ObjLongConsumer;

/// A CSF Mali GPU as software sees it: registers, three interrupt lines, MMU, caches, power and the
/// microcontroller's on/off state. The firmware plugs in through [McuPort].
///
/// Simplified: caches hold nothing; clocks are always on.
///
/// kernel: drivers/gpu/drm/panthor/panthor_gpu.c, panthor_regs.h
public final class Gpu {
    private static final int FLUSH_ID_MASK = 0xff_ffff;
    private static final int LEAST_DOORBELLS = 24;

    private final Simulation simulation;
    private final PhysicalMemory memory;
    private final GpuParameters parameters;
    private final GpuMmu mmu;
    private final IrqUnit job;
    private final IrqUnit mmuIrq;
    private final IrqUnit gpuIrq;
    private final PowerDomain shader;
    private final PowerDomain tiler;
    private final PowerDomain l2;
    private final GpuCommands commands = new GpuCommands(this);
    private final AsCommands asCommands = new AsCommands(this);
    private final HardwareFaults faults = new HardwareFaults();
    private final RegisterFile registers;
    private final RegisterMap registerMap;
    private final Actor actor = new Actor("gpu", -1, "gpu");
    private final Actor firmware = new Actor("mcu", -1, "fw");
    private final int track;
    private @Nullable McuPort mcu;
    private LongFunction<@Nullable BoLocation> physicalLookup = address -> null;
    private int mcuStatus;
    private int flushId = 1;
    private int faultStatus;
    private long faultAddress;

    public Gpu(Simulation simulation, PhysicalMemory memory, GpuParameters parameters) {
        this.simulation = simulation;
        this.memory = memory;
        this.parameters = parameters;
        mmu = new GpuMmu(memory, parameters);
        job = new IrqUnit(simulation, parameters, IrqLine.JOB);
        mmuIrq = new IrqUnit(simulation, parameters, IrqLine.MMU);
        gpuIrq = new IrqUnit(simulation, parameters, IrqLine.GPU);
        track = TrackNames.hardware(simulation);
        shader =
                new PowerDomain(
                        this,
                        PowerDomain.Kind.SHADER,
                        parameters.get(GpuParameters.SHADER_PRESENT));
        tiler =
                new PowerDomain(
                        this, PowerDomain.Kind.TILER, parameters.get(GpuParameters.TILER_PRESENT));
        l2 = new PowerDomain(this, PowerDomain.Kind.L2, parameters.get(GpuParameters.L2_PRESENT));
        registers = new RegisterFile(simulation, track);
        registerMap = new RegisterMap(this, registers);
    }

    public Registers registers() {
        return registerMap;
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

    /// How it can be made to fail.
    public HardwareFaults faults() {
        return faults;
    }

    /// Lets the next interrupts of a line get lost on their way: their bits stay raised, and nobody
    /// hears of them until another bit rises.
    public void loseInterrupts(IrqLine line, int count) {
        IrqUnit unit =
                switch (line) {
                    case JOB -> job;
                    case MMU -> mmuIrq;
                    case GPU -> gpuIrq;
                };
        unit.loseNext(count);
    }

    /// The shader cores, the tiler and the L2 cache.
    public PowerDomain power(PowerDomain.Kind kind) {
        return switch (kind) {
            case SHADER -> shader;
            case TILER -> tiler;
            case L2 -> l2;
        };
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

    /// The system counter, with the offset software gave it.
    public long timestamp() {
        return ticks(parameters.get(GpuParameters.TIMESTAMP_HZ))
                + registers.kept(Regs.TIMESTAMP_OFFSET);
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
        registerChanged(Regs.MCU_STATUS, status);
        simulation.follow(track, new FirmwareEvent.Mcu(state));
        gpuIrq.raise(RegBits.GPU_INT_MCU_STATUS_CHANGED);
    }

    /// The firmware powered shader cores and tilers up or down: one bit for each that is ready.
    public void setEndpointsReady(long shaders, long tilers) {
        boolean shadersChanged = shader.setPowered(shaders);
        boolean tilersChanged = tiler.setPowered(tilers);
        if (shadersChanged || tilersChanged) {
            powerChanged();
        }
    }

    /// A cache flush has been performed: the flush id moves on.
    public void flushPerformed() {
        flushId = (flushId + 1) & FLUSH_ID_MASK;
        if (flushId == 0) {
            flushId = 1;
        }
        registerChanged(Regs.LATEST_FLUSH_ID, flushId);
    }

    /// Reports an access that did not translate: fault registers, event, interrupt. While an
    /// earlier fault of the address space is pending, nothing is reported.
    ///
    /// @param exception code as [GpuMmu#translate] gives it, positive
    public void reportMmuFault(int as, long va, int exception, Access access) {
        asCommands.fault(as, va, exception, access);
    }

    /// Reports a fault outside any stream, such as a bus that failed. The registers keep the first
    /// one until its interrupt is cleared.
    public void injectGpuFault(int exception, long address) {
        if ((gpuIrq.rawStat() & RegBits.GPU_INT_FAULT) != 0) {
            return;
        }
        setFault(exception, address);
        gpuIrq.raise(RegBits.GPU_INT_FAULT);
    }

    private void setFault(int exception, long address) {
        if (faultStatus != exception) {
            faultStatus = exception;
            registerChanged(Regs.GPU_FAULT_STATUS, exception);
        }
        if (faultAddress != address) {
            faultAddress = address;
            registerChanged(Regs.GPU_FAULT_ADDR, address);
        }
    }

    /// Shows every register that events have told of, with its value now.
    public void projectRegisters(ObjLongConsumer<String> sink) {
        registers.project(sink);
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

    int faultStatus() {
        return faultStatus;
    }

    long faultAddress() {
        return faultAddress;
    }

    List<PowerDomain> powerDomains() {
        return List.of(shader, tiler, l2);
    }

    /// GPU_STATUS, from what the parts of the GPU do now.
    int status() {
        int status = 0;
        McuPort port = mcu;
        if (commands.isBusy() || (port != null && port.isExecuting())) {
            status |= RegBits.GPU_STATUS_ACTIVE;
        }
        for (PowerDomain domain : powerDomains()) {
            if ((domain.ready() | domain.inTransition()) != 0) {
                status |= RegBits.GPU_STATUS_POWER_ACTIVE;
            }
        }
        if ((mmuIrq.rawStat() & 0xffff) != 0) {
            status |= RegBits.GPU_STATUS_PAGE_FAULT;
        }
        if (parameters.isOn(GpuParameters.DEBUG_ENABLED)) {
            status |= RegBits.GPU_STATUS_DEBUG_ENABLED;
        }
        return status;
    }

    /// Doorbell pages there are; a ring of another one goes nowhere.
    int doorbellCount() {
        int count = parameters.getInt(GpuParameters.DOORBELLS);
        int needed = parameters.getInt(GpuParameters.CSG_SLOTS) + 1;
        return count == 0 ? Math.max(LEAST_DOORBELLS, needed) : count;
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
        commands.execute(value);
    }

    void controlMcu(int value) {
        McuPort port = mcu;
        if (port != null) {
            port.control(value);
        }
    }

    void addressSpaceCommand(int as, int command) {
        asCommands.execute(as, command);
    }

    /// Lets the firmware know at once, as its own actor.
    void tellFirmware(Consumer<McuPort> what) {
        McuPort port = mcu;
        if (port != null) {
            simulation.schedule(firmware, 0, Simulation.HARDWARE, () -> what.accept(port));
        }
    }

    /// A power domain reached what was requested. ASSUMPTION: hw.power_interrupts: ALL rises when
    /// no transition is left anywhere.
    void powerChanged() {
        boolean isSettled = powerDomains().stream().allMatch(each -> each.inTransition() == 0);
        gpuIrq.raise(
                RegBits.GPU_INT_POWER_CHANGED_SINGLE
                        | (isSettled ? RegBits.GPU_INT_POWER_CHANGED_ALL : 0));
    }

    /// A register whose value the hardware computes has changed.
    void registerChanged(long offset, long value) {
        registers.changed(offset, value);
    }

    void reset() {
        McuPort port = mcu;
        if (port != null) {
            port.reset();
        }
        commands.drop();
        faults.reset();
        asCommands.reset();
        powerDomains().forEach(PowerDomain::reset);
        setFault(0, 0);
        job.reset();
        mmuIrq.reset();
        setMcuStatus(Regs.MCU_STATUS_DISABLED);
        // ASSUMPTION: hw.gpu_mask_survives_reset: the driver waits for RESET_COMPLETED.
        int gpuMask = gpuIrq.mask();
        gpuIrq.reset();
        gpuIrq.setMask(gpuMask);
        registers.reset(Set.of(Regs.GPU_INT_MASK));
        gpuIrq.raise(RegBits.GPU_INT_RESET_COMPLETED);
    }
}
