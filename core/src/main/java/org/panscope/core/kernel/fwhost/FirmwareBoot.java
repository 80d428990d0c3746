package org.panscope.core.kernel.fwhost;

import org.panscope.core.fwif.FirmwareImage;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.GlbOutput;
import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.IrqHandler;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.mmu.AddressSpaces;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.FirmwareEvent.FwReload;
import org.panscope.trace.event.UserEvent.Ringer;

/// Starting and stopping the microcontroller: at probe, around a suspension and around a reset.
///
/// A firmware that was halted in good order is started again as it is (fast); else its sections are
/// loaded again first (slow).
///
/// kernel: panthor_fw.c: panthor_fw_start, panthor_fw_stop, panthor_fw_pre_reset,
/// panthor_fw_post_reset, panthor_fw_unplug (v6.11; 2026 where they differ)
public final class FirmwareBoot {
    private final KernelContext kernel;
    private final Registers registers;
    private final AddressSpaces addressSpaces;
    private final FirmwareHost host;
    private final IrqHandler jobIrq;
    private final PingWatchdog ping;
    private boolean initialized;

    public FirmwareBoot(
            KernelContext kernel,
            Registers registers,
            AddressSpaces addressSpaces,
            FirmwareHost host,
            IrqHandler jobIrq) {
        this.kernel = kernel;
        this.registers = registers;
        this.addressSpaces = addressSpaces;
        this.host = host;
        this.jobIrq = jobIrq;
        ping = new PingWatchdog(kernel, host);
    }

    /// `panthor_fw_init`, from the MCU's address space on, the first time; later
    /// `panthor_fw_resume`.
    ///
    /// @return 0, -EBUSY, -EINVAL for interfaces the driver does not accept, or -ETIMEDOUT
    public int resume() {
        return initialized ? postReset() : init();
    }

    private int init() {
        int result = addressSpaces.activate(host.mcuVm());
        if (result == 0) {
            result = start();
        }
        if (result == 0) {
            result = host.findInterfaces();
        }
        if (result == 0) {
            initialized = true;
            setUpGlobalInterface();
        }
        return result;
    }

    /// `panthor_fw_pre_reset`, which is `panthor_fw_suspend` too.
    ///
    /// @param onHang whether the firmware is believed to hang, so that halting it is not tried
    public void preReset(boolean onHang) {
        ping.cancel();
        kernel.reset().setFast(false);
        if (!onHang) {
            halt();
        }
        jobIrq.suspend();
    }

    private void halt() {
        FwBlock glb = host.glb();
        glb.updateReqs(FwBits.GLB_HALT, FwBits.GLB_HALT);
        host.ringGlobalDoorbell(Ringer.GLB);
        boolean halted = awaitStatus(Regs.MCU_STATUS_HALT, kernel.timings().haltTimeoutNs());
        boolean mainline = kernel.driver().isMainline2026();
        if (halted && (mainline || glb.output32(GlbOutput.HALT_STATUS) == 0)) {
            kernel.reset().setFast(true);
        } else {
            kernel.log("panthor_fw_pre_reset", "Failed to cleanly suspend MCU");
        }
        if (!mainline) {
            // The firmware looks for 0 -> 1.
            glb.updateReqs(0, FwBits.GLB_HALT);
        }
    }

    /// `panthor_fw_post_reset`.
    ///
    /// @return 0 or a negated errno
    public int postReset() {
        int result = addressSpaces.activate(host.mcuVm());
        if (result != 0) {
            return result;
        }
        result = kernel.driver().isMainline2026() ? startOnce() : startFastOrSlow();
        if (result == 0) {
            setUpGlobalInterface();
        }
        return result;
    }

    /// 2026: a fast start that fails is for the caller to repeat.
    private int startOnce() {
        boolean fast = kernel.reset().isFast();
        if (fast) {
            host.glb().updateReqs(0, FwBits.GLB_HALT);
        } else {
            reloadSections();
        }
        int result = start();
        if (result != 0) {
            kernel.log("panthor_fw_post_reset", "FW " + (fast ? "fast" : "slow") + " reset failed");
        }
        return result;
    }

    /// v6.11: a fast start that fails is followed by a slow one.
    private int startFastOrSlow() {
        if (kernel.reset().isFast()) {
            if (start() == 0) {
                return 0;
            }
            stop();
            kernel.reset().setFast(false);
            kernel.log("panthor_fw_post_reset", "FW fast reset failed, trying a slow reset");
            addressSpaces.flushAll(host.mcuVm());
        }
        reloadSections();
        int result = start();
        if (result != 0) {
            kernel.log("panthor_fw_post_reset", "FW slow reset failed (couldn't start the FW )");
        }
        return result;
    }

    /// `panthor_fw_unplug`. Simplified: the firmware's memory stays.
    ///
    /// @param powered whether the device is up
    public void unplug(boolean powered) {
        ping.cancel();
        if (powered) {
            jobIrq.suspend();
            stop();
        }
    }

    /// `panthor_fw_start`.
    private int start() {
        host.expectBoot();
        jobIrq.resume(-1);
        registers.write32(Regs.MCU_CONTROL, Regs.MCU_CONTROL_AUTO);
        boolean booted =
                host.awaitBoot(kernel.timings().bootTimeoutNs())
                        || (registers.read32(Regs.JOB_INT_STAT) & Regs.JOB_INT_GLOBAL_IF) != 0;
        if (!booted) {
            kernel.log("panthor_fw_start", "Failed to boot MCU (status=" + mcuStatus() + ")");
        }
        return booted ? 0 : Errno.ETIMEDOUT;
    }

    /// `panthor_fw_stop`.
    private void stop() {
        registers.write32(Regs.MCU_CONTROL, Regs.MCU_CONTROL_DISABLE);
        if (!awaitStatus(Regs.MCU_STATUS_DISABLED, kernel.timings().haltTimeoutNs())) {
            kernel.log("panthor_fw_stop", "Failed to stop MCU");
        }
    }

    private boolean awaitStatus(int status, long timeoutNs) {
        long deadlineNs = kernel.sim().nowNs() + timeoutNs;
        while (registers.read32(Regs.MCU_STATUS) != status) {
            if (kernel.sim().nowNs() >= deadlineNs) {
                return false;
            }
            kernel.spend(kernel.timings().pollNs());
        }
        return true;
    }

    /// `panthor_reload_fw_sections`. Simplified: of the image only the shared section matters.
    private void reloadSections() {
        host.sharedObject().buffer().write(0, new byte[(int) FirmwareImage.SHARED_SIZE]);
        kernel.sim()
                .emit(
                        kernel.kernelTrack(),
                        new FwReload(host.sharedObject().id(), FirmwareImage.SHARED_SIZE));
        kernel.spend(kernel.timings().powerStepNs());
    }

    private void setUpGlobalInterface() {
        new GlobalSetup(kernel, registers).apply(host.glb());
        host.ringGlobalDoorbell(Ringer.GLB);
        ping.start();
    }

    private String mcuStatus() {
        return switch (registers.read32(Regs.MCU_STATUS)) {
            case Regs.MCU_STATUS_DISABLED -> "disabled";
            case Regs.MCU_STATUS_ENABLED -> "enabled";
            case Regs.MCU_STATUS_HALT -> "halt";
            case Regs.MCU_STATUS_FATAL -> "fatal";
            default -> "unknown";
        };
    }
}
