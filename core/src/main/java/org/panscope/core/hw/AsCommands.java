package org.panscope.core.hw;

import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.FaultKind;

/// Commands and faults of the MMU's address spaces.
///
/// A command acts when it is written, and shows in AS_STATUS for a while; at its end the operation
/// bit of MMU_INT rises, which panthor keeps masked. The configuration commands are UPDATE and the
/// flushes, LOCK and UNLOCK hold a region of addresses.
///
/// A fault fills the fault registers of its address space and raises its MMU_INT bit. Until that
/// bit is cleared, further faults leave the registers alone.
///
/// kernel: panthor_mmu.c: mmu_hw_do_operation_locked, panthor_mmu_irq_handler
final class AsCommands {
    private static final int OPERATION_COMPLETE = 16;

    private final Gpu gpu;

    AsCommands(Gpu gpu) {
        this.gpu = gpu;
    }

    /// AS_COMMAND was written.
    void execute(int as, int command) {
        AddressSpace space = gpu.mmu().space(as);
        if (space.isBusy() && !gpu.parameters().isOn(GpuParameters.COMMAND_WHILE_BUSY)) {
            return;
        }
        switch (command) {
            case Regs.AS_COMMAND_UPDATE -> update(as, space);
            case Regs.AS_COMMAND_LOCK -> space.lock();
            // ASSUMPTION: mmu.flush_unlocks: the flush commands end a lock too.
            case Regs.AS_COMMAND_UNLOCK, Regs.AS_COMMAND_FLUSH_PT, Regs.AS_COMMAND_FLUSH_MEM ->
                    unlock(as, space);
            default -> {
                // NOP, and what the hardware does not know.
            }
        }
        busy(as, space, isFlush(command));
    }

    /// Every address space forgets what it was told.
    void reset() {
        for (int as = 0; as < gpu.mmu().count(); as++) {
            AddressSpace space = gpu.mmu().space(as);
            boolean wasEnabled = gpu.mmu().isEnabled(as);
            setFault(as, space, 0, 0, 0);
            space.reset();
            if (wasEnabled) {
                tellConfig(as, space);
            }
        }
    }

    /// An access did not translate.
    ///
    /// @param exception positive code
    void fault(int as, long va, int exception, Access access) {
        if ((gpu.mmuIrq().rawStat() >> as & 1) != 0) {
            return;
        }
        int source = gpu.parameters().getInt(GpuParameters.FAULT_SOURCE_ID);
        int status = exception | access.code() << 8 | source << 16;
        AddressSpace space = gpu.mmu().space(as);
        setFault(as, space, status, va, gpu.parameters().get(GpuParameters.FAULT_EXTRA));
        gpu.simulation()
                .follow(
                        gpu.track(),
                        new FirmwareEvent.Fault(
                                FaultKind.MMU_FAULT,
                                null,
                                null,
                                as,
                                exception,
                                Integer.toUnsignedLong(status),
                                va));
        gpu.mmuIrq().raise(1 << as);
    }

    /// Tells of each register as it changes.
    private void setFault(int as, AddressSpace space, int status, long address, long extra) {
        if (space.setFaultStatus(status)) {
            gpu.registerChanged(Regs.as(as, Regs.AS_FAULTSTATUS), status);
        }
        if (space.setFaultAddress(address)) {
            gpu.registerChanged(Regs.as(as, Regs.AS_FAULTADDRESS), address);
        }
        if (space.setFaultExtra(extra)) {
            gpu.registerChanged(Regs.as(as, Regs.AS_FAULTEXTRA), extra);
        }
    }

    private void update(int as, AddressSpace space) {
        space.latch();
        tellConfig(as, space);
        gpu.tellFirmware(port -> port.addressSpaceUpdated(as));
    }

    /// Drops the translations of the region, of which the model drops all.
    private void unlock(int as, AddressSpace space) {
        space.invalidate();
        space.unlock();
        gpu.tellFirmware(port -> port.addressSpaceUnlocked(as));
    }

    private void tellConfig(int as, AddressSpace space) {
        Integer vmId = gpu.mmu().isEnabled(as) && space.ownerVmId >= 0 ? space.ownerVmId : null;
        gpu.simulation()
                .emit(
                        TrackNames.mmu(gpu.simulation()),
                        new FirmwareEvent.AsConfig(as, vmId, space.config().transtab()));
    }

    private void busy(int as, AddressSpace space, boolean isFlush) {
        long durationNs =
                gpu.parameters()
                        .get(isFlush ? GpuParameters.AS_FLUSH_NS : GpuParameters.AS_COMMAND_NS);
        long endNs = gpu.simulation().nowNs() + durationNs;
        space.setBusyUntil(endNs);
        if (gpu.faults().isStuck(as)) {
            return;
        }
        gpu.simulation()
                .schedule(
                        gpu.actor(),
                        durationNs,
                        Simulation.HARDWARE,
                        () -> {
                            if (space.isBusy() && space.busyUntilNs() == endNs) {
                                space.setBusyUntil(AddressSpace.NOT_BUSY);
                                gpu.mmuIrq().raise(1 << (as + OPERATION_COMPLETE));
                            }
                        });
    }

    private static boolean isFlush(int command) {
        return command == Regs.AS_COMMAND_FLUSH_PT || command == Regs.AS_COMMAND_FLUSH_MEM;
    }
}
