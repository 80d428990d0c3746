package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.sim.Simulation;
import org.panscope.trace.event.FirmwareEvent.CsStep;

/// ACTIVE of a stream, and whether it counts as idle: empty or blocked for the time of the
/// hysteresis, without asynchronous work, and for a reason that its IDLE_* bits let count.
///
/// kernel: panthor_fw.h: CS_IDLE_EMPTY and the others of cs_input.req
final class StreamIdleness {
    private final Gpu gpu;
    private final GroupInterface group;
    private final ExecutionLoop loop;
    private final StreamCore core;
    private final RingInterface ring;
    private final CsReporter reporter;
    private boolean active;
    private boolean settled;
    private Simulation.@Nullable Timer timer;

    StreamIdleness(
            Gpu gpu,
            GroupInterface group,
            ExecutionLoop loop,
            StreamCore core,
            RingInterface ring,
            CsReporter reporter) {
        this.gpu = gpu;
        this.group = group;
        this.loop = loop;
        this.core = core;
        this.ring = ring;
        this.reporter = reporter;
    }

    /// ACTIVE as last published.
    boolean isActive() {
        return active;
    }

    /// Whether a running stream counts as idle.
    boolean isIdle() {
        if (loop.isStalled() || !settled || core.scoreboard.busyMask() != 0) {
            return false;
        }
        int bit =
                !loop.isBlocked()
                        ? FwBits.CS_IDLE_EMPTY
                        : switch (core.wait.reason) {
                            case FwBits.BLOCKED_REASON_SYNC_WAIT -> FwBits.CS_IDLE_SYNC_WAIT;
                            case FwBits.BLOCKED_REASON_RESOURCE -> FwBits.CS_IDLE_RESOURCE_REQ;
                            default -> core.wait.protectedMode ? FwBits.CS_IDLE_PROTM_PENDING : 0;
                        };
        return (ring.idleConfig() & bit) != 0;
    }

    /// Empty or blocked: after the hysteresis that counts as idle.
    void settleLater() {
        timer =
                gpu.simulation()
                        .schedule(
                                gpu.firmwareActor(),
                                gpu.parameters().get(GpuParameters.IDLE_HYSTERESIS_NS),
                                Simulation.HARDWARE,
                                this::settle);
    }

    private void settle() {
        settled = true;
        if (!loop.isBlocked()) {
            reporter.follow(CsStep.EMPTY, null, null, null);
            setActive(false);
        }
        group.updateIdle();
    }

    /// The stream has something to do again.
    void unsettle() {
        cancel();
        group.updateIdle();
    }

    /// Forgets how long the stream has had nothing to do.
    void cancel() {
        if (timer != null) {
            timer.cancel();
        }
        settled = false;
    }

    void setActive(boolean value) {
        if (active != value) {
            publishActive(value);
        }
    }

    /// Stores ACTIVE, changed or not.
    void publishActive(boolean value) {
        active = value;
        ring.publishActive(value);
        reporter.follow(CsStep.ACTIVE, null, null, value);
    }
}
