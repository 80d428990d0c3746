package org.panscope.core.kernel.sched;

import org.panscope.core.kernel.mmu.GemObject;

/// GPU time and cycles of a group's jobs that nobody has asked for yet.
///
/// kernel: panthor_sched.c: update_fdinfo_stats, panthor_fdinfo_gather_group_samples (v6.13)
public final class GroupUsage {
    private long cycles;
    private long time;

    /// What was used.
    ///
    /// @param cycles of the core clock
    /// @param time ticks of the system counter
    public record Sample(long cycles, long time) {}

    /// A job is done: what it stored before and after its stream counts.
    void add(Queue queue, PanthorJob job) {
        GemObject slots = queue.profilingSlots();
        if (slots == null || job.profilingMask() == 0) {
            return;
        }
        long at = (long) job.profilingSlot() * Queue.PROFILING_SLOT_BYTES;
        if ((job.profilingMask() & Profiling.CYCLES) != 0) {
            cycles += slots.buffer().read64(at + 8) - slots.buffer().read64(at);
        }
        if ((job.profilingMask() & Profiling.TIMESTAMP) != 0) {
            time += slots.buffer().read64(at + 24) - slots.buffer().read64(at + 16);
        }
    }

    /// Hands over what has come together.
    public Sample take() {
        Sample sample = new Sample(cycles, time);
        cycles = 0;
        time = 0;
        return sample;
    }
}
