package org.panscope.core.kernel.sched;

import org.panscope.core.kernel.drm.JobTimer;

/// The timer of drm_sched for the job at the head, which panthor suspends and resumes.
///
/// kernel: panthor_sched.c: cs_slot_prog_locked, cs_slot_reset_locked, queue_run_job (v6.11)
final class JobTimeout implements QueueTimeout {
    private final Queue queue;

    JobTimeout(Queue queue) {
        this.queue = queue;
    }

    @Override
    public void created() {
        // Nothing runs before there is a job.
    }

    @Override
    public void programmed() {
        queue.scheduler().resumeTimeout();
    }

    /// It keeps running for a blocked queue, so that endless waits are found.
    @Override
    public void slotLost(boolean blocked) {
        if (!blocked) {
            queue.scheduler().suspendTimeout();
        }
    }

    @Override
    public void writtenOffSlot(boolean blocked) {
        slotLost(blocked);
    }

    @Override
    public void writtenOnSlot() {
        // drm_sched started it.
    }

    @Override
    public void looked(boolean some) {
        // drm_sched starts it anew for the next job.
    }

    @Override
    public void stop() {
        // drm_sched_stop does.
    }

    @Override
    public void start() {
        // drm_sched_start does.
    }

    @Override
    public boolean isRunning() {
        return timer().isRunning();
    }

    @Override
    public boolean isSuspended() {
        return timer().isSuspended();
    }

    @Override
    public long remainingNs() {
        return timer().remainingNs();
    }

    private JobTimer timer() {
        return queue.scheduler().timer();
    }
}
