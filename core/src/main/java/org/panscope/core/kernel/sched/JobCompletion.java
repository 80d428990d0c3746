package org.panscope.core.kernel.sched;

import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.mmu.GemObject;

/// Finds the jobs of a queue that the GPU has done, by the queue's sync object.
///
/// kernel: panthor_sched.c: group_sync_upd_work (v6.11), queue_check_job_completion,
/// update_fdinfo_stats (2026)
final class JobCompletion {
    private JobCompletion() {}

    /// Signals the done fences the sync object has reached.
    ///
    /// @return whether there is progress, as there is when nothing is left to do
    static boolean look(Group group, Queue queue) {
        GemObject syncobjs = group.syncobjs();
        if (syncobjs == null) {
            return true;
        }
        boolean some = false;
        long seqno = syncobjs.buffer().read64((long) queue.index() * Group.SYNCOBJ_BYTES);
        while (!queue.inFlight().isEmpty()) {
            PanthorJob job = queue.inFlight().getFirst();
            DmaFence done = job.requireDoneFence();
            if (Long.compareUnsigned(seqno, done.seqno()) < 0) {
                break;
            }
            queue.inFlight().removeFirst();
            done.signal();
            group.usage().add(queue, job);
            some = true;
        }
        queue.timeout().looked(some);
        return some || queue.inFlight().isEmpty();
    }

    /// As [#look], for jobs that watch what an application put into its ring: they are done when
    /// EXTRACT has come to their end and the queue uses no scoreboard.
    static void sampled(Queue queue, long extract, boolean drained) {
        boolean some = false;
        while (drained
                && !queue.inFlight().isEmpty()
                && Long.compareUnsigned(extract, queue.inFlight().getFirst().ringEnd()) >= 0) {
            queue.inFlight().removeFirst().requireDoneFence().signal();
            some = true;
        }
        if (some) {
            queue.timeout().looked(true);
        }
    }
}
