package org.panscope.core.fw.endpoint;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.sim.Simulation;

import java.util.function.LongSupplier;

/// Power of the endpoints, which the firmware switches: shader cores and tilers go on when work
/// arrives, all together, and off after GLB_INPUT.poweroff_timer without any.
///
/// ASSUMPTION: fw.endpoint_power.
///
/// kernel: panthor_fw.c: panthor_fw_init_global_iface sets the timer
final class EndpointPower {
    private final Gpu gpu;
    private final LongSupplier offNs;
    private final Runnable ready;
    private boolean on;
    private Simulation.@Nullable Timer rising;
    private Simulation.@Nullable Timer resting;

    /// Makes the switch, off.
    ///
    /// @param ready called when the endpoints have come up
    EndpointPower(Gpu gpu, LongSupplier offNs, Runnable ready) {
        this.gpu = gpu;
        this.offNs = offNs;
        this.ready = ready;
    }

    /// Whether endpoints of these kinds can work; brings them up when they cannot.
    boolean demand(int kinds) {
        if (on || kinds == 0) {
            return true;
        }
        if (rising == null || !rising.isPending()) {
            rising = later(gpu.parameters().get(GpuParameters.ENDPOINT_POWER_NS), this::up);
        }
        return false;
    }

    /// Something runs.
    void keep() {
        if (resting != null) {
            resting.cancel();
        }
    }

    /// Nothing runs any more.
    void rest() {
        keep();
        long delayNs = offNs.getAsLong();
        if (on && delayNs > 0) {
            resting = later(delayNs, this::down);
        }
    }

    /// Off at once.
    void cut() {
        keep();
        if (rising != null) {
            rising.cancel();
        }
        if (on) {
            down();
        }
    }

    private void up() {
        on = true;
        GpuParameters parameters = gpu.parameters();
        gpu.setEndpointsReady(
                parameters.get(GpuParameters.SHADER_PRESENT),
                parameters.get(GpuParameters.TILER_PRESENT));
        rest();
        ready.run();
    }

    private void down() {
        on = false;
        gpu.setEndpointsReady(0, 0);
    }

    private Simulation.Timer later(long delayNs, Runnable action) {
        return gpu.simulation().schedule(gpu.firmwareActor(), delayNs, Simulation.HARDWARE, action);
    }
}
