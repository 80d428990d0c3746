package org.panscope.core.projection;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.PanthorDevice;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmSyncobj;
import org.panscope.core.kernel.drm.JobTimer;
import org.panscope.core.kernel.drm.SyncobjWait;
import org.panscope.core.kernel.ioctl.PanthorFile;
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
        device.fences().forEach(fence -> fence(into, fence));
        device.jobs().forEach(job -> job(into, job));
        for (PanthorFile file : device.files()) {
            file.syncobjs()
                    .entries()
                    .forEach(entry ->
                            syncobj(
                                    into,
                                    new DrmSyncobj.Handle(file.fileId(), entry.getKey()),
                                    entry.getValue()));
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
                .is(Belief.KERNEL, "wraps", fence.wraps())
                .is(Belief.KERNEL, "prev", prev(fence))
                .is(Belief.KERNEL, "signaled", fence.hasSignaledFlag())
                .isOrUnset(Belief.KERNEL, "error", (long) fence.error(), 0L);
    }

    private static @Nullable String prev(DmaFence fence) {
        DmaFence prev = fence.prev();
        return prev == null ? null : prev.objectId();
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
    static void timer(Projection.Claims claims, JobTimer timer) {
        timer(claims, timer.isRunning(), timer.isSuspended(), timer.remainingNs());
    }

    private static void timer(Projection.Claims claims, QueueTimeout timer) {
        timer(claims, timer.isRunning(), timer.isSuspended(), timer.remainingNs());
    }

    private static void timer(
            Projection.Claims claims, boolean isRunning, boolean isSuspended, long remainingNs) {
        if (isRunning) {
            claims.is(Belief.KERNEL, "timer", TimerStep.ARM);
        } else if (isSuspended) {
            claims.is(Belief.KERNEL, "timer", TimerStep.SUSPEND)
                    .is(Belief.KERNEL, "timer_remaining", remainingNs);
        }
    }

    private static boolean isQueued(PanthorJob job) {
        return job.step() == JobStep.PUSHED || job.step() == JobStep.DEP_WAIT;
    }

    private static String ids(List<PanthorJob> jobs) {
        return jobs.stream().map(PanthorJob::objectId).collect(Collectors.joining(" "));
    }

    private static void syncobj(Projection into, DrmSyncobj.Handle handle, DrmSyncobj syncobj) {
        DmaFence fence = syncobj.fence();
        boolean isShared = syncobj.handles().size() > 1;
        into.object(ObjectId.parse(handle.objectId()))
                .is(Belief.KERNEL, "id", syncobj.id())
                .is(Belief.KERNEL, "shared_as", isShared ? handles(syncobj) : null)
                .is(Belief.KERNEL, "state", syncobj.state())
                .is(Belief.KERNEL, "point", syncobj.point())
                .is(Belief.KERNEL, "signaled_point", syncobj.signaledPoint())
                .isOrUnset(Belief.KERNEL, "waiters", waiters(syncobj, handle), "")
                .is(Belief.KERNEL, "fence", fence == null ? null : fence.objectId());
    }

    private static String handles(DrmSyncobj syncobj) {
        return syncobj.handles().stream()
                .map(DrmSyncobj.Handle::toString)
                .collect(Collectors.joining(" "));
    }

    private static String waiters(DrmSyncobj syncobj, DrmSyncobj.Handle handle) {
        return syncobj.waits().stream()
                .filter(wait -> wait.via().equals(handle))
                .map(SyncobjWait.Entry::text)
                .collect(Collectors.joining(" "));
    }

    private static void eventfd(Projection into, EventFdContext eventfd) {
        into.object(ObjectId.of("eventfd", eventfd.id()))
                .isOrUnset(Belief.KERNEL, "counter", eventfd.counter(), 0L);
    }
}
