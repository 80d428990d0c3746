package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.sim.Simulation;

import java.util.List;

/// A suspension that waits for the jobs of its group to leave the endpoints, for as long as the
/// eviction timeout lets it. Meanwhile streams go on, but no job starts. A job without tiler memory
/// is not waited for.
///
/// ASSUMPTION: fw.suspend_waits_for_jobs
final class SuspendDrain {
    private final Gpu gpu;
    private final List<CommandStream> streams;
    private final Runnable suspend;
    private boolean draining;
    private Simulation.@Nullable Timer timer;

    /// Makes one for a slot.
    ///
    /// @param suspend called when nothing runs any more, or the time is over
    SuspendDrain(Gpu gpu, List<CommandStream> streams, Runnable suspend) {
        this.gpu = gpu;
        this.streams = streams;
        this.suspend = suspend;
    }

    /// Whether a suspension waits.
    boolean isDraining() {
        return draining;
    }

    /// Begins to wait when there is something to wait for.
    ///
    /// @return whether the suspension has to wait
    boolean begin() {
        boolean waits = gpu.parameters().isOn(GpuParameters.SUSPEND_WAITS_FOR_JOBS);
        if (!draining && waits && isBusy()) {
            draining = true;
            after(gpu.parameters().get(GpuParameters.EVICTION_TIMEOUT_NS));
        }
        return draining;
    }

    /// A job may have ended.
    void jobEnded() {
        if (draining && !isBusy()) {
            after(0);
        }
    }

    /// The suspension is off, or done.
    void end() {
        draining = false;
        if (timer != null) {
            timer.cancel();
        }
    }

    private boolean isBusy() {
        return streams.stream().anyMatch(CommandStream::hasWorkingJob);
    }

    private void after(long delayNs) {
        if (timer != null) {
            timer.cancel();
        }
        timer =
                gpu.simulation()
                        .schedule(gpu.firmwareActor(), delayNs, Simulation.HARDWARE, suspend);
    }
}
