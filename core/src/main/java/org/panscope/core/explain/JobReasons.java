package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;

/// Why a job of the driver's own flow, or an operation of an asynchronous VM_BIND, is not done.
final class JobReasons {
    private final Inquiry inquiry;
    private final Known known;

    JobReasons(Inquiry inquiry) {
        this.inquiry = inquiry;
        known = inquiry.known;
    }

    Link explain(ObjectId id) {
        String step = known.text(id, Belief.KERNEL, "step");
        long event = known.event(id, Belief.KERNEL, "step");
        ObjectId fence = known.named(id, Belief.KERNEL, "waits_for");
        if (fence != null && !step.equals("done")) {
            return Link.waiting(
                    id,
                    id + " has not started: it waits for its dependency " + fence + ".",
                    event,
                    inquiry.about(fence));
        }
        Long gid = known.number(id, Belief.KERNEL, "group");
        Long vm = known.number(id, Belief.KERNEL, "vm");
        return switch (step) {
            case "done" ->
                    Link.done(
                            id,
                            id
                                    + " is done since "
                                    + inquiry.at(event)
                                    + ", error "
                                    + known.number(id, Belief.KERNEL, "error", 0)
                                    + ".",
                            event);
            case "run", "written" ->
                    gid == null
                            ? Link.running(id, id + " is being executed.", event)
                            : inRing(id, queueOf(id, gid), event);
            case "" ->
                    Link.unknown(id, "The trace does not show how far " + id + " has come.", event);
            default -> queued(id, step, gid, vm, event);
        };
    }

    private Link inRing(ObjectId id, ObjectId queue, long event) {
        Long end = known.number(id, Belief.KERNEL, "ring_end");
        return Link.waiting(
                id,
                id
                        + " is in the ring of "
                        + queue
                        + (end == null ? "" : ", up to byte " + end)
                        + ", and not executed.",
                event,
                inquiry.about(queue));
    }

    private Link queued(
            ObjectId id, String step, @Nullable Long gid, @Nullable Long vm, long event) {
        if (gid != null) {
            ObjectId queue = queueOf(id, gid);
            ObjectId ahead = before(id, queue);
            return ahead == null
                    ? Link.waiting(
                            id,
                            id + " is " + step + "; a worker of drm_sched is to run it next.",
                            event)
                    : Link.waiting(
                            id,
                            id + " is queued behind " + ahead + ".",
                            event,
                            inquiry.about(ahead));
        }
        if (vm != null) {
            ObjectId ahead = before(id, null);
            return ahead == null
                    ? Link.waiting(id, id + ", a VM_BIND of vm:" + vm + ", is " + step + ".", event)
                    : Link.waiting(
                            id,
                            id + ", a VM_BIND of vm:" + vm + ", is queued behind " + ahead + ".",
                            event,
                            inquiry.about(ahead));
        }
        return Link.waiting(id, id + " is " + step + ".", event);
    }

    /// The job right before this one on the same queue, or of the same address space, that is not
    /// done.
    private @Nullable ObjectId before(ObjectId id, @Nullable ObjectId queue) {
        Long vm = known.number(id, Belief.KERNEL, "vm");
        ObjectId found = null;
        for (ObjectState job : known.ofKind("job")) {
            if (job.id().compareTo(id) >= 0
                    || known.text(job.id(), Belief.KERNEL, "step").equals("done")) {
                continue;
            }
            Long gid = known.number(job.id(), Belief.KERNEL, "group");
            boolean isSame =
                    queue != null
                            ? gid != null && queueOf(job.id(), gid).equals(queue)
                            : vm != null && vm.equals(known.number(job.id(), Belief.KERNEL, "vm"));
            if (isSame) {
                found = job.id();
            }
        }
        return found;
    }

    private ObjectId queueOf(ObjectId job, long gid) {
        return ObjectId.queue(gid, (int) known.number(job, Belief.KERNEL, "queue", 0));
    }

    /// The first job of a queue that waits for a fence, or null.
    @Nullable Link firstOf(ObjectId queue) {
        for (ObjectState job : known.ofKind("job")) {
            Long gid = known.number(job.id(), Belief.KERNEL, "group");
            boolean isOf = gid != null && queueOf(job.id(), gid).equals(queue);
            if (isOf
                    && known.named(job.id(), Belief.KERNEL, "waits_for") != null
                    && !known.text(job.id(), Belief.KERNEL, "step").equals("done")) {
                return Link.waiting(
                        queue,
                        queue + " has " + job.id() + " to do next.",
                        Link.NO_EVENT,
                        inquiry.about(job.id()));
            }
        }
        return null;
    }
}
