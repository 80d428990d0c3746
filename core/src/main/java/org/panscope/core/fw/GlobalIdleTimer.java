package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Gpu;
import org.panscope.core.sim.Simulation;

/// Tells the host once when no group has had work for GLB_INPUT.idle_timer, after one had.
///
/// kernel: panthor_sched.c: process_idle_event_locked
final class GlobalIdleTimer {
    private final Gpu gpu;
    private final GlobalInterface global;
    private boolean wasBusy;
    private Simulation.@Nullable Timer timer;

    GlobalIdleTimer(Gpu gpu, GlobalInterface global) {
        this.gpu = gpu;
        this.global = global;
    }

    /// A group became idle, busy, or left its slot.
    void update(boolean isBusy) {
        cancel();
        if (isBusy) {
            wasBusy = true;
        } else if (wasBusy) {
            timer =
                    gpu.simulation()
                            .schedule(
                                    gpu.firmwareActor(),
                                    global.idleDelayNs(),
                                    Simulation.HARDWARE,
                                    this::expired);
        }
    }

    void reset() {
        cancel();
        wasBusy = false;
    }

    private void expired() {
        wasBusy = false;
        if (global.wantsIdleEvents()) {
            global.raise(FwBits.GLB_IDLE);
        }
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
