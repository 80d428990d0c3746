package org.panscope.core.kernel.fwhost;

import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.GlbInput;
import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.KernelContext;

/// What the driver writes into the global interface after each start of the firmware.
///
/// kernel: panthor_fw.c: panthor_fw_init_global_iface
final class GlobalSetup {
    private static final long TIMER_HZ = 24_000_000;
    private static final long TIMER_UNIT = 1024;
    private static final long POWEROFF_US = 10_000;
    private static final long IDLE_HYSTERESIS_US = 800;

    /// Units of 1024 GPU cycles.
    private static final int PROGRESS_TIMER = 2_560_000;

    private final KernelContext kernel;
    private final Registers registers;

    GlobalSetup(KernelContext kernel, Registers registers) {
        this.kernel = kernel;
        this.registers = registers;
    }

    void apply(FwBlock glb) {
        kernel.spend(kernel.timings().powerStepNs());
        glb.write64(GlbInput.CORE_EN_MASK, "core_en_mask", registers.read64(Regs.SHADER_PRESENT));
        glb.write32(GlbInput.POWEROFF_TIMER, "poweroff_timer", ticks(POWEROFF_US));
        glb.write32(GlbInput.PROGRESS_TIMER, "progress_timer", PROGRESS_TIMER);
        glb.write32(GlbInput.IDLE_TIMER, "idle_timer", ticks(IDLE_HYSTERESIS_US));
        glb.write32(
                GlbInput.ACK_IRQ_MASK,
                "ack_irq_mask",
                FwBits.GLB_CFG_ALLOC_EN
                        | FwBits.GLB_PING
                        | FwBits.GLB_CFG_PROGRESS_TIMER
                        | FwBits.GLB_CFG_POWEROFF_TIMER
                        | FwBits.GLB_IDLE_EN
                        | FwBits.GLB_IDLE);
        glb.updateReqs(FwBits.GLB_IDLE_EN, FwBits.GLB_IDLE_EN);
        glb.toggleReqs(
                FwBits.GLB_CFG_ALLOC_EN
                        | FwBits.GLB_CFG_POWEROFF_TIMER
                        | FwBits.GLB_CFG_PROGRESS_TIMER);
    }

    /// `panthor_get_fw_timer` with the architecture's timer as source.
    static int ticks(long us) {
        long unit = 1_000_000 * TIMER_UNIT;
        return (int) ((us * TIMER_HZ + unit - 1) / unit);
    }
}
