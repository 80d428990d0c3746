package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Gpu;
import org.panscope.core.sim.Simulation;

/// The progress timer of a CSG: while the group is busy, an instruction must be executed or an
/// operation end within GLB_INPUT.progress_timer, else the host gets PROGRESS_TIMER_EVENT.
///
/// kernel: panthor_sched.c: csg_slot_process_progress_timer_event_locked
final class ProgressWatch {
    private final Gpu gpu;
    private final Mcu mcu;
    private final GroupInterface group;
    private long lastNs;
    private Simulation.@Nullable Timer timer;

    ProgressWatch(Gpu gpu, Mcu mcu, GroupInterface group) {
        this.gpu = gpu;
        this.mcu = mcu;
        this.group = group;
    }

    /// Something was done.
    void progress() {
        lastNs = gpu.simulation().nowNs();
    }

    /// The group became busy or stopped being so.
    void update() {
        boolean busy = group.isOnSlot() && !group.isIdle();
        if (!busy) {
            cancel();
        } else if (timer == null) {
            progress();
            arm();
        }
    }

    /// The limit has changed: a busy group has the whole new one.
    void restart() {
        cancel();
        update();
    }

    private void arm() {
        long limitNs = mcu.progressTimeoutNs();
        if (limitNs == 0) {
            timer = null;
            return;
        }
        long leftNs = lastNs + limitNs - gpu.simulation().nowNs();
        timer =
                gpu.simulation()
                        .schedule(
                                gpu.firmwareActor(),
                                Math.max(0, leftNs),
                                Simulation.HARDWARE,
                                () -> expired(limitNs));
    }

    private void expired(long limitNs) {
        if (gpu.simulation().nowNs() - lastNs >= limitNs) {
            timer = null;
            group.raiseEvent(FwBits.CSG_PROGRESS_TIMER_EVENT);
        } else {
            arm();
        }
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
