package org.panscope.core.kernel.fwhost;

import org.panscope.core.fwif.FwBits;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.WorkItem;
import org.panscope.trace.event.UserEvent.Ringer;

/// Asks the firmware now and then whether it still lives; silence resets the GPU.
///
/// kernel: panthor_fw.c: panthor_fw_ping_work
final class PingWatchdog {
    private final KernelContext kernel;
    private final FirmwareHost host;
    private final WorkItem work;

    PingWatchdog(KernelContext kernel, FirmwareHost host) {
        this.kernel = kernel;
        this.host = host;
        work = kernel.reset().queue().item("panthor_fw_ping_work", null, this::ping);
    }

    void start() {
        work.modDelayed(kernel.timings().pingPeriodNs());
    }

    void cancel() {
        work.cancelSync();
    }

    private void ping() {
        if (kernel.reset().isPending()) {
            return;
        }
        host.glb().toggleReqs(FwBits.GLB_PING);
        host.ringGlobalDoorbell(Ringer.GLB);
        if (host.waitGlbAcks(FwBits.GLB_PING) == FwBits.GLB_PING) {
            start();
        } else {
            kernel.reset().schedule("FW ping timeout");
            kernel.log("panthor_fw_ping_work", "FW ping timeout, scheduling a reset");
        }
    }
}
