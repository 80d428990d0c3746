package org.panscope.core.hw;

/// Ways in which the hardware can be made to fail: an address space that never gets ready, cache
/// flushes and resets that never end.
///
/// kernel: panthor_mmu.c: wait_ready; panthor_gpu.c: panthor_gpu_flush_caches,
/// panthor_gpu_soft_reset notice it
public final class HardwareFaults {
    private int stuckSpaces;
    private int lostFlushes;
    private int lostResets;

    /// AS_ACTIVE of an address space stays after its next command, until the GPU is reset.
    public void stickAddressSpace(int as) {
        stuckSpaces |= 1 << as;
    }

    /// The next cache flushes do not end.
    public void loseFlushes(int count) {
        lostFlushes += count;
    }

    /// The next resets do not happen.
    public void loseResets(int count) {
        lostResets += count;
    }

    boolean isStuck(int as) {
        return (stuckSpaces >> as & 1) != 0;
    }

    boolean losesFlush() {
        boolean lost = lostFlushes > 0;
        lostFlushes -= lost ? 1 : 0;
        return lost;
    }

    boolean losesReset() {
        boolean lost = lostResets > 0;
        lostResets -= lost ? 1 : 0;
        return lost;
    }

    /// The GPU was reset.
    void reset() {
        stuckSpaces = 0;
    }
}
