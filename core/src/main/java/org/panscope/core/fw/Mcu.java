package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fw.endpoint.EndpointPool;
import org.panscope.core.fwif.FwLayout.GlbInput;
import org.panscope.core.fwif.FwLayout.GlbOutput;
import org.panscope.core.hw.Access;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.hw.McuPort;
import org.panscope.core.hw.Regs;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.EndpointKind;

import java.util.ArrayList;
import java.util.List;

/// The microcontroller's firmware: boots, answers doorbells, handles the global interface.
///
/// kernel: drivers/gpu/drm/panthor/panthor_fw.c is its counterpart
public final class Mcu implements McuPort {
    private final Gpu gpu;
    private final Simulation simulation;
    private final InterfaceMap map;
    private final McuMemory memory;
    private final List<GroupInterface> groups = new ArrayList<>();
    private final HeapBook heaps = new HeapBook();
    private final EndpointPool endpoints;
    private final FirmwareFaults faults = new FirmwareFaults();
    private final SyncRepoll syncRepoll;
    private final int track;
    private final GlobalInterface global;
    private final GlobalIdleTimer idleTimer;
    private boolean enabled;
    private long missedDoorbells;
    private Simulation.@Nullable Timer transition;

    private Mcu(Gpu gpu) {
        this.gpu = gpu;
        simulation = gpu.simulation();
        map = new InterfaceMap(gpu.parameters());
        track = TrackNames.mcu(simulation);
        memory = new McuMemory(gpu, track, this::crash);
        global = new GlobalInterface(gpu, memory, map, faults);
        syncRepoll = new SyncRepoll(gpu, this);
        idleTimer = new GlobalIdleTimer(gpu, global);
        endpoints = new EndpointPool(gpu, map.groups(), global::powerOffDelayNs);
        endpoints.whenInactive(this::endpointsInactive);
        for (int csg = 0; csg < map.groups(); csg++) {
            groups.add(new GroupInterface(this, gpu, memory, map, csg));
        }
    }

    /// Puts the firmware into a GPU.
    public static Mcu attach(Gpu gpu) {
        Mcu mcu = new Mcu(gpu);
        gpu.attach(mcu);
        return mcu;
    }

    /// Whether the firmware runs.
    public boolean isEnabled() {
        return enabled;
    }

    /// How it can be made to fail.
    public FirmwareFaults faults() {
        return faults;
    }

    /// From now on it answers nothing.
    ///
    /// @param durationNs until it goes on with what it missed; 0 for ever, or until a reset
    public void hang(long durationNs) {
        faults.hang();
        if (durationNs > 0) {
            simulation.schedule(gpu.firmwareActor(), durationNs, Simulation.HARDWARE, this::goOn);
        }
    }

    /// Whatever rang meanwhile is looked at now.
    private void goOn() {
        if (faults.isHung()) {
            faults.recover();
            for (int id = 0; enabled && id <= groups.size(); id++) {
                doorbell(id);
            }
        }
    }

    /// The CSG interfaces, by slot.
    public List<GroupInterface> groups() {
        return List.copyOf(groups);
    }

    /// A stream by slot and number.
    public CommandStream stream(int csg, int cs) {
        return groups.get(csg).streams().get(cs);
    }

    /// Shows the live state to a sink, in a fixed order.
    public void project(ProjectionSink sink) {
        memory.project(sink);
        heaps.project(sink);
        gpu.projectRegisters(sink::register);
        for (GroupInterface group : groups) {
            for (CommandStream stream : group.streams()) {
                if (stream.hasStarted()) {
                    sink.stream(group.index(), stream.index(), stream);
                }
            }
        }
    }

    // ---- power --------------------------------------------------------------------------------

    @Override
    public void control(int value) {
        if (transition != null) {
            transition.cancel();
        }
        if (value == Regs.MCU_CONTROL_DISABLE) {
            transition = later(GpuParameters.HALT_NS, () -> shutDown(Regs.MCU_STATUS_DISABLED));
        } else if (!enabled) {
            transition = later(GpuParameters.BOOT_NS, this::boot);
        }
    }

    @Override
    public void reset() {
        if (transition != null) {
            transition.cancel();
        }
        missedDoorbells = 0;
        faults.recover();
        shutDown(Regs.MCU_STATUS_DISABLED);
    }

    /// Warm after a stop the host asked for, when configuration and words are as they were, else
    /// cold.
    private void boot() {
        if (faults.isBroken()) {
            return;
        }
        enabled = true;
        if (!global.isWarm()) {
            global.forget();
        }
        endpoints.setEnabledCores(global.enabledCores());
        new BootBlocks(memory, map, gpu.parameters()).write();
        if (!enabled) {
            return;
        }
        global.booted();
        groups.forEach(GroupInterface::booted);
        gpu.setMcuStatus(Regs.MCU_STATUS_ENABLED);
        gpu.raiseJob(Regs.JOB_INT_GLOBAL_IF);
        for (int id = 0; id < Long.SIZE; id++) {
            if ((missedDoorbells >> id & 1) != 0) {
                doorbell(id);
            }
        }
        missedDoorbells = 0;
    }

    private void stop() {
        global.stopping();
        shutDown(Regs.MCU_STATUS_HALT);
    }

    private void crash(long va, int exception, Access access) {
        if (!enabled) {
            return;
        }
        if (gpu.mmu().isEnabled(McuMemory.MCU_AS)) {
            gpu.reportMmuFault(McuMemory.MCU_AS, va, exception, access);
        }
        global.panicked();
        shutDown(Regs.MCU_STATUS_FATAL);
    }

    private void shutDown(int status) {
        enabled = false;
        idleTimer.reset();
        groups.forEach(GroupInterface::drop);
        endpoints.reset();
        heaps.forget();
        gpu.setMcuStatus(status);
    }

    // ---- doorbells ----------------------------------------------------------------------------

    @Override
    public void doorbell(int id) {
        if (!enabled) {
            if (gpu.parameters().isOn(GpuParameters.DOORBELL_REMEMBERED)) {
                missedDoorbells |= 1L << id;
            }
            return;
        }
        if (faults.isHung()) {
            return;
        }
        if (id == 0) {
            globalDoorbell();
        } else {
            groupDoorbell(id);
        }
    }

    private void globalDoorbell() {
        int requested = memory.read32(map.glbInput() + GlbInput.DOORBELL_REQ);
        int pending = requested ^ memory.read32(map.glbOutput() + GlbOutput.DOORBELL_ACK);
        long scan = scanned(0, Integer.toUnsignedLong(pending));
        long coresBefore = global.enabledCores();
        long progressBeforeNs = global.progressTimeoutNs();
        boolean stopRequested = global.process();
        if (global.enabledCores() != coresBefore) {
            endpoints.setEnabledCores(global.enabledCores());
        }
        if (global.progressTimeoutNs() != progressBeforeNs) {
            groups.forEach(GroupInterface::progressTimerChanged);
        }
        if (stopRequested) {
            transition = later(GpuParameters.HALT_NS, this::stop);
        }
        for (GroupInterface group : groups) {
            if ((pending >> group.index() & 1) != 0) {
                simulation.current().setCause(scan);
                group.process();
            }
        }
        simulation.current().setCause(scan);
        memory.acknowledge(
                "GLB", "doorbell_ack", map.glbOutput() + GlbOutput.DOORBELL_ACK, requested);
        simulation.current().setCause(scan);
        if (gpu.parameters().isOn(GpuParameters.REPOLL_ON_GLOBAL_DOORBELL)) {
            repollSync();
        }
    }

    private void groupDoorbell(int id) {
        long mask = 0;
        for (GroupInterface group : groups) {
            if (group.streams().stream()
                    .anyMatch(stream -> stream.isRunning() && stream.doorbellId() == id)) {
                mask |= 1L << group.index();
            }
        }
        long scan = scanned(id, mask);
        for (GroupInterface group : groups) {
            if ((mask >> group.index() & 1) == 0) {
                continue;
            }
            for (CommandStream stream : group.streams()) {
                if (stream.doorbellId() == id) {
                    simulation.current().setCause(scan);
                    stream.doorbell();
                }
            }
            if (gpu.parameters().isOn(GpuParameters.REPOLL_ON_GROUP_DOORBELL)) {
                simulation.current().setCause(scan);
                group.repollSync();
            }
        }
    }

    private long scanned(int id, long mask) {
        return simulation.follow(track, new FirmwareEvent.FwDoorbellScan(id, mask));
    }

    @Override
    public void addressSpaceUpdated(int as) {
        boolean on = gpu.mmu().isEnabled(as);
        groups.forEach(group -> group.addressSpaceUpdated(as, on));
    }

    @Override
    public void addressSpaceUnlocked(int as) {
        groups.forEach(group -> group.addressSpaceUnlocked(as));
    }

    @Override
    public boolean isExecuting() {
        return groups.stream().anyMatch(group -> group.isOnSlot() && !group.isIdle());
    }

    private void endpointsInactive(EndpointKind kind) {
        if (enabled) {
            global.endpointsInactive(kind);
        }
    }

    /// A stream has begun to wait for something.
    void streamBlocked() {
        syncRepoll.streamBlocked();
    }

    // ---- what groups ask ----------------------------------------------------------------------

    /// Lets every stream that waits for a sync object look again.
    void repollSync() {
        groups.forEach(GroupInterface::repollSync);
    }

    /// What is known of tiler heaps.
    HeapBook heaps() {
        return heaps;
    }

    /// A group became idle, busy, or left its slot: starts or stops the global idle timer.
    void idlenessChanged() {
        idleTimer.update(isExecuting());
    }

    /// How long a busy group may make no progress, or 0 for as long as it likes.
    long progressTimeoutNs() {
        return global.progressTimeoutNs();
    }

    /// What runs jobs.
    EndpointPool endpoints() {
        return endpoints;
    }

    private Simulation.Timer later(String parameter, Runnable action) {
        return simulation.schedule(
                gpu.firmwareActor(), gpu.parameters().get(parameter), Simulation.HARDWARE, action);
    }
}
