package org.panscope.core.hw;

import org.panscope.core.sim.Simulation;

import java.util.ArrayDeque;
import java.util.Queue;

/// What GPU_CMD makes the GPU do: resets and cache flushes.
///
/// ```
/// [7:0] type   1 reset: [15:8] 1 soft, 2 hard
///              4 flush: [11:8] L2, [15:12] LSC, [19:16] other; 1 clean, 2 invalidate
/// ```
///
/// Caches hold nothing here; a flush takes time and moves LATEST_FLUSH_ID on. ASSUMPTION:
/// hw.flush_order: flushes are done one after the other. ASSUMPTION: hw.unknown_command: a command
/// the GPU does not know does nothing.
///
/// kernel: panthor_gpu.c: panthor_gpu_flush_caches, panthor_gpu_soft_reset
final class GpuCommands {
    private static final int TYPE_RESET = 1;
    private static final int TYPE_FLUSH = 4;
    private static final int SOFT = 1;
    private static final int HARD = 2;
    private static final int CLEAN_AND_INVALIDATE = 3;

    private final Gpu gpu;
    private final Queue<Integer> flushes = new ArrayDeque<>();
    private boolean resetting;
    private int generation;

    GpuCommands(Gpu gpu) {
        this.gpu = gpu;
    }

    /// Whether a command is being executed.
    boolean isBusy() {
        return resetting || !flushes.isEmpty();
    }

    void execute(int command) {
        int payload = command >>> 8;
        switch (command & 0xff) {
            case TYPE_RESET -> {
                if ((payload == SOFT || payload == HARD) && !gpu.faults().losesReset()) {
                    reset(payload == SOFT ? GpuParameters.RESET_NS : GpuParameters.HARD_RESET_NS);
                }
            }
            case TYPE_FLUSH -> {
                if (gpu.faults().losesFlush()) {
                    return;
                }
                flushes.add(payload);
                if (flushes.size() == 1) {
                    nextFlush();
                }
            }
            default -> {
                // Nothing: see above.
            }
        }
    }

    /// What was being done is forgotten.
    void drop() {
        generation++;
        flushes.clear();
        resetting = false;
    }

    private void reset(String durationNs) {
        if (!resetting) {
            resetting = true;
            after(durationNs, gpu::reset);
        }
    }

    private void nextFlush() {
        after(GpuParameters.FLUSH_NS, this::flushed);
    }

    private void flushed() {
        int payload = flushes.remove();
        boolean isFull =
                (payload & 0xf) == CLEAN_AND_INVALIDATE
                        && (payload >> 4 & 0xf) == CLEAN_AND_INVALIDATE;
        if (isFull || !gpu.parameters().isOn(GpuParameters.FLUSH_ID_FULL_ONLY)) {
            gpu.flushPerformed();
        }
        gpu.gpuIrq().raise(RegBits.GPU_INT_CLEAN_CACHES_COMPLETED);
        if (!flushes.isEmpty()) {
            nextFlush();
        }
    }

    private void after(String durationNs, Runnable action) {
        int mine = generation;
        gpu.simulation()
                .schedule(
                        gpu.actor(),
                        gpu.parameters().get(durationNs),
                        Simulation.HARDWARE,
                        () -> {
                            if (mine == generation) {
                                action.run();
                            }
                        });
    }
}
