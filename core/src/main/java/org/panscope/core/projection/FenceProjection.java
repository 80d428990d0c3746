package org.panscope.core.projection;

import org.panscope.core.kernel.PanthorDevice;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmSyncobj;
import org.panscope.core.kernel.ioctl.PanthorFile;
import org.panscope.core.kernel.ioctl.XgsQueue;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.PanthorJob;
import org.panscope.core.kernel.sched.Queue;
import org.panscope.core.kernel.sched.QueueTimeout;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.SchedEvent.TimerStep;

import java.util.List;
import java.util.stream.Collectors;

/// What orders work: fences, the jobs they belong to, and what carries or announces them.
///
/// Whom an eventfd belongs to is not claimed: no event tells when that changes.
final class FenceProjection implements LiveView {
    private final PanthorDevice device;

    FenceProjection(PanthorDevice device) {
        this.device = device;
    }

    @Override
    public void project(Projection into) {
        into.complete("fence");
        into.complete("job");
        into.complete("syncobj");
        into.complete("xgs-queue");
        device.fences().forEach(fence -> fence(into, fence));
        device.jobs().forEach(job -> job(into, job));
        device.xgsQueues().forEach(queue -> xgsQueue(into, queue));
        for (PanthorFile file : device.files()) {
            file.syncobjs().values().forEach(syncobj -> syncobj(into, syncobj));
            file.eventfds().values().forEach(eventfd -> eventfd(into, eventfd));
        }
        for (Group group : LiveGroups.of(device)) {
            group.queues().forEach(queue -> jobsOf(into, group, queue));
        }
    }

    private static void fence(Projection into, DmaFence fence) {
        into.object(ObjectId.fence(fence.context(), fence.seqno()))
                .is(Belief.KERNEL, "kind", fence.kind())
                .is(Belief.KERNEL, "driver", fence.driver())
                .is(Belief.KERNEL, "timeline", fence.timeline())
                .is(Belief.KERNEL, "job", fence.job())
                .is(Belief.KERNEL, "signaled", fence.isSignaled())
                .isOrUnset(Belief.KERNEL, "error", (long) fence.error(), 0L);
    }

    /// What a job waits for is remembered until it runs, so it is claimed only while it does wait.
    private static void job(Projection into, PanthorJob job) {
        DmaFence done = job.doneFence();
        DmaFence dependency = job.entity().dependency();
        Projection.Claims claims =
                into.object(ObjectId.of("job", job.id()))
                        .is(Belief.KERNEL, "group", job.group().gid())
                        .is(Belief.KERNEL, "queue", job.queue().index())
                        .is(Belief.KERNEL, "step", job.step())
                        .is(Belief.KERNEL, "stream_va", job.call().start())
                        .is(Belief.KERNEL, "stream_size", job.call().bytes())
                        .is(Belief.KERNEL, "credits", job.credits())
                        .is(Belief.KERNEL, "ring_start", job.isWritten() ? job.ringStart() : null)
                        .is(Belief.KERNEL, "ring_end", job.isWritten() ? job.ringEnd() : null)
                        .is(Belief.KERNEL, "done_fence", done == null ? null : done.objectId());
        if (job.isArmed()) {
            claims.is(Belief.KERNEL, "finished_fence", job.finished().objectId());
        }
        if (dependency != null && job.step() == JobStep.DEP_WAIT) {
            claims.is(Belief.KERNEL, "waits_for", dependency.objectId());
        }
    }

    private void jobsOf(Projection into, Group group, Queue queue) {
        List<PanthorJob> jobs = device.jobs().stream().filter(job -> job.queue() == queue).toList();
        Projection.Claims claims = into.object(ObjectId.queue(group.gid(), queue.index()));
        timer(claims, queue.timeout());
        claims.isOrUnset(
                        Belief.KERNEL,
                        "jobs_queued",
                        ids(jobs.stream().filter(FenceProjection::isQueued).toList()),
                        "")
                .isOrUnset(
                        Belief.KERNEL,
                        "jobs_in_flight",
                        ids(jobs.stream().filter(job -> job.step() == JobStep.WRITTEN).toList()),
                        "");
    }

    /// A timer that stopped and one that fired are alike.
    private static void timer(Projection.Claims claims, QueueTimeout timer) {
        if (timer.isRunning()) {
            claims.is(Belief.KERNEL, "timer", TimerStep.ARM);
        } else if (timer.isSuspended()) {
            claims.is(Belief.KERNEL, "timer", TimerStep.SUSPEND)
                    .is(Belief.KERNEL, "timer_remaining", timer.remainingNs());
        }
    }

    private static boolean isQueued(PanthorJob job) {
        return job.step() == JobStep.PUSHED || job.step() == JobStep.DEP_WAIT;
    }

    private static String ids(List<PanthorJob> jobs) {
        return jobs.stream().map(PanthorJob::objectId).collect(Collectors.joining(" "));
    }

    private static void syncobj(Projection into, DrmSyncobj syncobj) {
        DmaFence fence = syncobj.fence();
        into.object(ObjectId.parse(syncobj.objectId()))
                .is(Belief.KERNEL, "fence", fence == null ? null : fence.objectId());
    }

    private static void eventfd(Projection into, EventFdContext eventfd) {
        into.object(ObjectId.of("eventfd", eventfd.id()))
                .isOrUnset(Belief.KERNEL, "counter", eventfd.counter(), 0L);
    }

    private static void xgsQueue(Projection into, XgsQueue queue) {
        EventFdContext eventfd = queue.eventfd();
        into.object(ObjectId.of("xgs-queue", queue.id()))
                .is(Belief.KERNEL, "handle", queue.handle())
                .is(Belief.KERNEL, "file", queue.fileId())
                .is(Belief.KERNEL, "vm", queue.vm().id())
                .is(Belief.KERNEL, "has_eventfd", eventfd != null)
                .is(Belief.KERNEL, "in_flight", 0)
                .is(Belief.KERNEL, "queued", 0)
                .is(Belief.KERNEL, "destroyed", queue.isDestroyed());
    }
}
