package org.panscope.core.fw;

import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.GlbControl;
import org.panscope.core.fwif.FwLayout.GlbInput;
import org.panscope.core.fwif.FwLayout.GlbOutput;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.hw.Regs;
import org.panscope.trace.event.FirmwareEvent.EndpointKind;

/// The firmware's side of the global interface: takes over configuration when it is asked to,
/// answers requests, and says when the host wants the microcontroller to stop.
///
/// Counters are not modelled: PERFCNT_EN and PERFCNT_SAMPLE are acknowledged and leave the counter
/// buffer alone.
///
/// kernel: panthor_fw.h: panthor_fw_global_input_iface, panthor_fw_global_output_iface
final class GlobalInterface {
    private static final String BLOCK = "GLB";

    /// Requests that are answered by copying them: all but HALT and PROTM_ENTER.
    private static final int COPIED = 0x7ee;

    private static final int FIRST_VERSION_WITH_STATE = 0x0401_0000;
    private static final int TIMER_VALUE = 0x7fff_ffff;
    private static final long TIMER_UNIT = 1024;

    private final Gpu gpu;
    private final McuMemory memory;
    private final InterfaceMap map;
    private final FirmwareFaults faults;
    private final int stopMask;
    private int progressTimer;
    private int powerOffTimer;
    private int idleTimer;
    private long enabledCores;
    private int stopSeen;

    GlobalInterface(Gpu gpu, McuMemory memory, InterfaceMap map, FirmwareFaults faults) {
        this.faults = faults;
        this.gpu = gpu;
        this.memory = memory;
        this.map = map;
        int version = gpu.parameters().getInt(GpuParameters.VERSION);
        boolean hasState = Integer.compareUnsigned(version, FIRST_VERSION_WITH_STATE) >= 0;
        stopMask = FwBits.GLB_HALT | (hasState ? FwBits.GLB_STATE_MASK : FwBits.GLB_SLEEP);
        forget();
    }

    // ---- boot ---------------------------------------------------------------------------------

    /// Whether the firmware's memory is as it left it, and not loaded anew by the host. ASSUMPTION:
    /// fw.warm_boot: a control block that has its version tells.
    boolean isWarm() {
        return memory.read32(map.glbControl() + GlbControl.VERSION) != 0;
    }

    /// Nothing is configured, as after the sections were loaded.
    void forget() {
        progressTimer = 0;
        powerOffTimer = 0;
        idleTimer = 0;
        enabledCores = gpu.parameters().get(GpuParameters.SHADER_PRESENT);
        stopSeen = 0;
    }

    /// The firmware runs again. A stop that is still requested is an old one.
    void booted() {
        stopSeen = input(GlbInput.REQ) & stopMask;
        int ack = output(GlbOutput.ACK);
        acknowledge((ack & ~stopMask) | (stopSeen & stopMask & ~FwBits.GLB_HALT));
        memory.write32(BLOCK, "halt_status", map.glbOutput() + GlbOutput.HALT_STATUS, 0);
    }

    // ---- requests -----------------------------------------------------------------------------

    /// Does what the host asked for.
    ///
    /// @return whether it asked to stop
    boolean process() {
        int req = input(GlbInput.REQ);
        int ack = output(GlbOutput.ACK);
        configure(req, req ^ ack);
        boolean entersProtected =
                gpu.parameters().isOn(GpuParameters.PROTM_ENTER)
                        && ((req ^ ack) & FwBits.GLB_PROTM_ENTER) != 0;
        int answered = COPIED | (entersProtected ? FwBits.GLB_PROTM_ENTER : 0);
        int stop = req & stopMask;
        if ((stop & ~FwBits.GLB_HALT) == 0) {
            answered |= stopMask & ~FwBits.GLB_HALT;
        }
        answered &= ~faults.take(FirmwareFaults.GLOBAL, (req ^ ack) & answered);
        acknowledge((ack & ~answered) | (req & answered));
        if (entersProtected) {
            raise(FwBits.GLB_PROTM_EXIT);
        }
        boolean isNew = stop != 0 && stop != stopSeen;
        stopSeen = stop;
        return isNew;
    }

    /// The microcontroller is about to stop; a state is acknowledged, HALT is not.
    void stopping() {
        int answered = stopMask & ~FwBits.GLB_HALT;
        int ack = output(GlbOutput.ACK);
        acknowledge((ack & ~answered) | (input(GlbInput.REQ) & answered));
    }

    /// The firmware has crashed: says so where it still can.
    void panicked() {
        long va = map.glbOutput() + GlbOutput.HALT_STATUS;
        if (memory.isWritable(va)) {
            memory.write32(BLOCK, "halt_status", va, FwBits.HALT_STATUS_PANIC);
        }
    }

    private void configure(int req, int asked) {
        if ((asked & FwBits.GLB_CFG_PROGRESS_TIMER) != 0) {
            progressTimer = input(GlbInput.PROGRESS_TIMER);
        }
        if ((asked & FwBits.GLB_CFG_POWEROFF_TIMER) != 0) {
            powerOffTimer = input(GlbInput.POWEROFF_TIMER);
        }
        if ((asked & FwBits.GLB_CFG_ALLOC_EN) != 0) {
            enabledCores = memory.read64(map.glbInput() + GlbInput.CORE_EN_MASK);
        }
        // ASSUMPTION: fw.idle_timer_latched: the idle timer counts from when IDLE_EN rises.
        if ((asked & req & FwBits.GLB_IDLE_EN) != 0) {
            idleTimer = input(GlbInput.IDLE_TIMER);
        }
    }

    // ---- events -------------------------------------------------------------------------------

    /// Raises an event unless the host has not yet seen the last one.
    void raise(int bit) {
        if (faults.isHung()) {
            return;
        }
        int ack = output(GlbOutput.ACK);
        if (((input(GlbInput.REQ) ^ ack) & bit) == 0) {
            acknowledge(ack ^ bit);
        }
    }

    /// The last job has left the endpoints of a kind. ASSUMPTION: fw.inactive_events: that is what
    /// the event means, and a host that masks its interrupt does not want it.
    void endpointsInactive(EndpointKind kind) {
        int bit =
                switch (kind) {
                    case COMPUTE -> FwBits.GLB_INACTIVE_COMPUTE;
                    case FRAGMENT -> FwBits.GLB_INACTIVE_FRAGMENT;
                    case TILER -> FwBits.GLB_INACTIVE_TILER;
                };
        if ((input(GlbInput.ACK_IRQ_MASK) & bit) != 0) {
            raise(bit);
        }
    }

    boolean wantsIdleEvents() {
        return (input(GlbInput.REQ) & FwBits.GLB_IDLE_EN) != 0;
    }

    // ---- configuration in force -----------------------------------------------------------------

    /// How long a busy group may make no progress, or 0 for as long as it likes.
    long progressTimeoutNs() {
        long cycles = Integer.toUnsignedLong(progressTimer) * TIMER_UNIT;
        return nanoseconds(cycles, gpu.parameters().get(GpuParameters.CORE_CLOCK_HZ));
    }

    /// How long all groups are idle before the host is told.
    long idleDelayNs() {
        return delayNs(idleTimer);
    }

    /// How long endpoints without work keep their power.
    long powerOffDelayNs() {
        return delayNs(powerOffTimer);
    }

    /// Shader cores that may be used, one bit each.
    long enabledCores() {
        return enabledCores;
    }

    /// A timer in units of 1024 ticks; bit 31 chooses the cycle counter.
    private long delayNs(int timer) {
        String rate = timer < 0 ? GpuParameters.CORE_CLOCK_HZ : GpuParameters.TIMESTAMP_HZ;
        return nanoseconds((timer & TIMER_VALUE) * TIMER_UNIT, gpu.parameters().get(rate));
    }

    private static long nanoseconds(long ticks, long hertz) {
        return ticks / hertz * 1_000_000_000L + ticks % hertz * 1_000_000_000L / hertz;
    }

    private void acknowledge(int value) {
        int changed = memory.acknowledge(BLOCK, "ack", map.glbOutput() + GlbOutput.ACK, value);
        if ((changed & input(GlbInput.ACK_IRQ_MASK)) != 0) {
            gpu.raiseJob(Regs.JOB_INT_GLOBAL_IF);
        }
    }

    private int input(long offset) {
        return memory.read32(map.glbInput() + offset);
    }

    private int output(long offset) {
        return memory.read32(map.glbOutput() + offset);
    }
}
