package org.panscope.core.kernel;

import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.ExceptionName;
import org.panscope.core.kernel.base.IrqHandler;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.Tracepoint;
import org.panscope.core.sim.SimLock;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.Errno;

import java.util.Locale;

/// What the driver does with the GPU control block: power of the L2, cache flushes, soft resets,
/// and its interrupt.
///
/// kernel: panthor_gpu.c
final class GpuBlock {
    private static final long L2 = 1;
    private static final int L2_POLLS = 2000;
    private static final int FAULT = 1;
    private static final int PROTM_FAULT = 1 << 1;
    private static final int RESET_COMPLETED = 1 << 8;
    private static final int POWER_CHANGED = 1 << 9 | 1 << 10;
    private static final int CLEAN_CACHES_COMPLETED = 1 << 17;
    private static final int INTERRUPTS =
            FAULT | PROTM_FAULT | RESET_COMPLETED | CLEAN_CACHES_COMPLETED;
    private static final int COHERENCY_NONE = 31;
    private static final int SOFT_RESET = 0x101;
    private static final int FLUSH_CACHES = 4;
    static final int CLEAN = 1;
    static final int CLEAN_AND_INVALIDATE = 3;

    private final KernelContext kernel;
    private final Registers registers;
    private final WaitQueue acked;
    private final SimLock flushLock;
    private final IrqHandler irq;
    private int pendingRequests;

    GpuBlock(KernelContext kernel, Registers registers, IrqSource source) {
        this.kernel = kernel;
        this.registers = registers;
        acked = new WaitQueue(kernel.sim());
        flushLock = new SimLock(kernel.sim(), "gpu.cache_flush_lock");
        irq = source.handler(this::interrupt);
    }

    /// Makes the handler of the interrupt line.
    interface IrqSource {
        IrqHandler handler(IrqHandler.Handler body);
    }

    /// `panthor_gpu_resume`.
    ///
    /// @return whether the L2 has power
    boolean resume() {
        irq.resume(interrupts());
        return powerOnL2();
    }

    /// Whoever turns the tracepoint on unmasks the interrupts it tells of.
    private int interrupts() {
        boolean traced = kernel.tracepoints().isOn(Tracepoint.GPU_POWER_STATUS);
        return traced ? INTERRUPTS | POWER_CHANGED : INTERRUPTS;
    }

    /// `panthor_gpu_suspend`: a firmware that is to be started again as it is keeps what it has.
    void suspend() {
        if (kernel.reset().isFast()) {
            registers.write64(Regs.L2_PWROFF, L2);
            awaitClear(Regs.L2_READY);
        } else {
            softReset();
        }
        irq.suspend();
    }

    /// `panthor_gpu_unplug`.
    void unplug() {
        irq.suspend();
    }

    /// `panthor_gpu_l2_power_on`.
    boolean powerOnL2() {
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

    void powerOffL2() {
        registers.write64(Regs.L2_PWROFF, L2);
        awaitClear(Regs.L2_READY);
    }

    /// `panthor_gpu_flush_caches`.
    ///
    /// @param l2 what to do with the L2, `CLEAN` or more
    /// @param loadStore what to do with the load/store caches
    /// @return 0 or -ETIMEDOUT
    int flushCaches(int l2, int loadStore) {
        boolean serialized = kernel.driver().isMainline2026();
        if (serialized) {
            flushLock.lock();
        }
        boolean done =
                request(
                        CLEAN_CACHES_COMPLETED,
                        FLUSH_CACHES | (l2 | loadStore << 4) << 8,
                        "Flush caches timeout");
        if (serialized) {
            flushLock.unlock();
        }
        return done ? 0 : Errno.ETIMEDOUT;
    }

    /// `panthor_gpu_soft_reset`.
    ///
    /// @return 0 or -ETIMEDOUT
    int softReset() {
        registers.write32(Regs.GPU_INT_CLEAR, RESET_COMPLETED);
        return request(RESET_COMPLETED, SOFT_RESET, "Soft reset timeout") ? 0 : Errno.ETIMEDOUT;
    }

    /// Writes a command unless the same is under way, and waits for its interrupt. A raised bit
    /// whose interrupt got lost counts.
    private boolean request(int bit, int command, String complaint) {
        if ((pendingRequests & bit) != 0) {
            kernel.warn("panthor_gpu", "GPU_CMD 0x" + Integer.toHexString(command) + " is pending");
        } else {
            pendingRequests |= bit;
            registers.write32(Regs.GPU_CMD, command);
        }
        boolean done =
                acked.await(() -> (pendingRequests & bit) == 0, kernel.timings().flushTimeoutNs());
        if (!done && (registers.read32(Regs.GPU_INT_RAWSTAT) & bit) != 0) {
            pendingRequests &= ~bit;
            done = true;
        }
        if (!done) {
            kernel.log("panthor_gpu", complaint);
        }
        return done;
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

    /// `panthor_gpu_irq_handler`.
    private void interrupt(int status) {
        registers.write32(Regs.GPU_INT_CLEAR, status);
        if ((status & POWER_CHANGED) != 0) {
            kernel.tracepoints()
                    .gpuPowerStatus(
                            registers.read64(Regs.SHADER_READY),
                            registers.read64(Regs.TILER_READY),
                            registers.read64(Regs.L2_READY));
        }
        if ((status & FAULT) != 0) {
            int fault = registers.read32(Regs.GPU_FAULT_STATUS);
            kernel.log(
                    "panthor_gpu_irq_handler",
                    String.format(
                            Locale.ROOT,
                            "GPU Fault 0x%08x (%s) at 0x%016x",
                            fault,
                            ExceptionName.of(fault & 0xff),
                            registers.read64(Regs.GPU_FAULT_ADDR)));
        }
        if ((status & PROTM_FAULT) != 0) {
            kernel.log("panthor_gpu_irq_handler", "GPU Fault in protected mode");
        }
        if ((status & pendingRequests) != 0) {
            pendingRequests &= ~status;
            acked.wakeAll();
        }
    }
}
