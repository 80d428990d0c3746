package org.panscope.core.kernel.xgs;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmSchedJob;
import org.panscope.core.kernel.drm.DrmScheduler;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.XgsEvent.XgsJobStep;

/// What drm_sched calls for the jobs of an XGS queue.
///
/// RFC patch 6/8: panthor_xgs_run_job, panthor_xgs_job_timedout, panthor_xgs_job_put
final class XgsBackend implements DrmScheduler.Backend {
    private final XgsQueue queue;
    private final XgsEvaluator evaluator;
    private final boolean isMended;

    XgsBackend(KernelContext kernel, XgsQueue queue, XgsEvaluator evaluator) {
        this.queue = queue;
        this.evaluator = evaluator;
        isMended = kernel.driver().fixes().xgsErrorState();
    }

    @Override
    public DrmScheduler.RunResult runJob(DrmSchedJob schedJob) {
        XgsJob job = (XgsJob) schedJob;
        queue.lock().lock();
        int result = evaluator.tryRun(job);
        DrmScheduler.RunResult answer;
        if (result == Errno.EBUSY) {
            DmaFence done = queue.newDoneFence(job.id());
            queue.inFlight().add(job);
            answer = DrmScheduler.RunResult.of(job.block(done));
        } else if (result != 0) {
            job.tell(XgsJobStep.ERROR, result);
            answer = DrmScheduler.RunResult.failed(result);
        } else {
            job.tell(XgsJobStep.COMPLETED, 0);
            answer = DrmScheduler.RunResult.of(null);
        }
        queue.lock().unlock();
        return answer;
    }

    /// Takes for granted that the job is still in flight. Whoever ended it while this waited for
    /// the lock has dropped the list's reference already; it is dropped again.
    @Override
    public void timedOutJob(DrmSchedJob schedJob) {
        XgsJob job = (XgsJob) schedJob;
        queue.lock().lock();
        boolean wasInFlight = queue.inFlight().remove(job);
        if (isMended && !wasInFlight) {
            queue.lock().unlock();
            job.put();
            return;
        }
        job.putInFlight();
        int result = evaluator.tryRun(job);
        if (isMended && result == Errno.EBUSY) {
            result = evaluator.giveUp(job, Errno.ETIMEDOUT);
        }
        if (result != 0) {
            job.tell(XgsJobStep.TIMEOUT, Errno.ETIMEDOUT);
            job.setError(Errno.ETIMEDOUT);
        } else {
            job.tell(XgsJobStep.COMPLETED, 0);
        }
        queue.lock().unlock();
        job.signal();
        job.put();
    }

    @Override
    public void freeJob(DrmSchedJob job) {
        ((XgsJob) job).put();
    }
}
