package org.panscope.core.projection;

import org.panscope.core.kernel.PanthorDevice;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.xgs.XgsJob;
import org.panscope.core.kernel.xgs.XgsOperation;
import org.panscope.core.kernel.xgs.XgsQueue;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.XgsEvent.XgsJobStep;

import java.util.List;

/// XGS queues and their jobs.
final class XgsProjection implements LiveView {
    private final PanthorDevice device;

    XgsProjection(PanthorDevice device) {
        this.device = device;
    }

    @Override
    public void project(Projection into) {
        into.complete("xgs-queue");
        into.complete("xgs-job");
        device.xgsQueues().forEach(queue -> queue(into, queue));
        device.xgsJobs().forEach(job -> job(into, job));
    }

    private void queue(Projection into, XgsQueue queue) {
        List<XgsJob> jobs = device.xgsJobs().stream().filter(job -> job.queue() == queue).toList();
        Projection.Claims claims =
                into.object(ObjectId.of("xgs-queue", queue.id()))
                        .is(Belief.KERNEL, "handle", queue.handle())
                        .is(Belief.KERNEL, "file", queue.fileId())
                        .is(Belief.KERNEL, "vm", queue.vm().id())
                        .is(Belief.KERNEL, "has_eventfd", queue.eventfd() != null)
                        .is(Belief.KERNEL, "in_flight", queue.inFlight().size())
                        .is(
                                Belief.KERNEL,
                                "queued",
                                (int) jobs.stream().filter(XgsJob::isQueued).count())
                        .is(Belief.KERNEL, "destroyed", queue.isDestroyed())
                        .isOrUnset(Belief.KERNEL, "error_state", (long) queue.errorState(), 0L);
        FenceProjection.timer(claims, queue.scheduler().timer());
    }

    private static void job(Projection into, XgsJob job) {
        DmaFence done = job.doneFence();
        DmaFence dependency = job.entity().dependency();
        boolean showsFence = job.step() != XgsJobStep.RUN;
        Projection.Claims claims =
                into.object(ObjectId.of("xgs-job", job.id()))
                        .is(Belief.KERNEL, "xgs_queue", job.queue().id())
                        .is(Belief.KERNEL, "step", job.step())
                        .is(Belief.KERNEL, "ops", job.ops().size())
                        .is(Belief.KERNEL, "submit_flags", (long) job.submitFlags())
                        .isOrUnset(
                                Belief.KERNEL,
                                "in_flight",
                                job.queue().inFlight().contains(job),
                                false);
        if (showsFence) {
            claims.is(Belief.KERNEL, "done_fence", done == null ? null : done.objectId());
        }
        if (job.references() > 0) {
            claims.is(Belief.KERNEL, "refcount", job.references());
        }
        if (job.isArmed()) {
            claims.is(Belief.KERNEL, "finished_fence", job.finished().objectId());
        }
        if (job.step() == XgsJobStep.DEP_WAIT && dependency != null) {
            claims.is(Belief.KERNEL, "waits_for", dependency.objectId());
        }
        if (job.step() == XgsJobStep.BUSY && job.queue().lock().holder() == null) {
            claims.is(Belief.KERNEL, "blocked_on", blockingOp(job));
        }
    }

    /// The first WAIT that is not done: with an error before it, the job would not be waiting.
    private static int blockingOp(XgsJob job) {
        for (int i = 0; i < job.ops().size(); i++) {
            XgsOperation op = job.ops().get(i);
            if (op.isWait() && !op.isCompleted()) {
                return i;
            }
        }
        throw new IllegalStateException(job.objectId() + " waits for nothing");
    }
}
