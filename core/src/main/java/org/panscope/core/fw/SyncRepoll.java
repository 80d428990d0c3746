package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.sim.Simulation;

/// A firmware that looks at sync waits by itself now and then, if `param.fw_repolls_sync` says so,
/// while a stream on a slot waits for one. No public source says whether the real one does.
final class SyncRepoll {
    private static final long NS_PER_US = 1_000;

    private final Gpu gpu;
    private final Mcu mcu;
    private final long periodNs;
    private Simulation.@Nullable Timer timer;

    SyncRepoll(Gpu gpu, Mcu mcu) {
        this.gpu = gpu;
        this.mcu = mcu;
        periodNs = gpu.parameters().get(GpuParameters.FW_REPOLLS_SYNC) * NS_PER_US;
    }

    /// A stream has begun to wait.
    void streamBlocked() {
        if (periodNs > 0 && (timer == null || !timer.isPending()) && isAnyWaiting()) {
            timer =
                    gpu.simulation()
                            .schedule(
                                    gpu.firmwareActor(), periodNs, Simulation.HARDWARE, this::look);
        }
    }

    private void look() {
        timer = null;
        if (mcu.isEnabled() && !mcu.faults().isHung()) {
            mcu.repollSync();
        }
        streamBlocked();
    }

    private boolean isAnyWaiting() {
        return mcu.groups().stream()
                .filter(GroupInterface::isOnSlot)
                .flatMap(group -> group.streams().stream())
                .anyMatch(stream ->
                        stream.isRunning()
                                && stream.blockedReason() == FwBits.BLOCKED_REASON_SYNC_WAIT);
    }
}
