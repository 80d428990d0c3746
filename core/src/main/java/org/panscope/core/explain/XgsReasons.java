package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cursor;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;

import java.util.List;

/// Why an XGS job is not done.
final class XgsReasons {
    private final Inquiry inquiry;
    private final Known known;

    XgsReasons(Inquiry inquiry) {
        this.inquiry = inquiry;
        known = inquiry.known;
    }

    Link job(ObjectId id) {
        String step = known.text(id, Belief.KERNEL, "step");
        long event = known.event(id, Belief.KERNEL, "step");
        return switch (step) {
            case "busy" -> busy(id);
            case "dep_wait" -> {
                ObjectId fence = known.named(id, Belief.KERNEL, "waits_for");
                yield fence == null
                        ? Link.unknown(id, id + " waits for a fence that is not known.", event)
                        : Link.waiting(
                                id,
                                id + " has not started: it waits for its dependency " + fence + ".",
                                event,
                                inquiry.about(fence));
            }
            case "created", "armed", "pushed", "deps_done" -> queued(id, step, event);
            case "run" -> evaluated(id, event);
            case "completed", "error", "timeout", "cancelled" ->
                    Link.done(
                            id,
                            id
                                    + " is over ("
                                    + step
                                    + ") since "
                                    + inquiry.at(event)
                                    + ", error "
                                    + known.number(id, Belief.KERNEL, "error", 0)
                                    + ".",
                            event);
            default ->
                    Link.unknown(id, "The trace does not show how far " + id + " has come.", event);
        };
    }

    /// A worker is inside of it; on the way it takes locks and allocates.
    private Link evaluated(ObjectId id, long event) {
        ObjectId bo = boOfNextOperation(id);
        String site = known.text(id, Belief.KERNEL, "alloc_in_signal");
        ObjectId holder =
                bo == null || !site.startsWith("resv_lock")
                        ? null
                        : ThreadReasons.holding(known, "bo" + bo.key() + ".resv");
        if (bo == null || holder == null) {
            return Link.running(id, id + " is being evaluated.", event);
        }
        ObjectId lock = new ObjectId("lock", "bo" + bo.key() + ".resv");
        return Link.waiting(
                id,
                id
                        + " is being evaluated since "
                        + inquiry.at(event)
                        + " and maps the sync object of its next operation, which takes the"
                        + " reservation lock of "
                        + bo
                        + ".",
                known.event(id, Belief.KERNEL, "alloc_in_signal"),
                inquiry.enter(
                        lock,
                        () ->
                                Link.waiting(
                                        lock,
                                        "The reservation lock of "
                                                + bo
                                                + " is held by "
                                                + holder
                                                + ".",
                                        known.event(holder, Belief.KERNEL, "locks"),
                                        inquiry.about(holder))));
    }

    /// Where the sync object of the first operation that is not done lies, or null.
    private @Nullable ObjectId boOfNextOperation(ObjectId id) {
        ObjectId vm = vmOf(id);
        if (vm == null) {
            return null;
        }
        for (int i = 0; !known.text(id, Belief.KERNEL, "op_" + i).isEmpty(); i++) {
            String op = known.text(id, Belief.KERNEL, "op_" + i);
            if (!op.contains(": ") || op.contains(": result")) {
                int at = op.indexOf("0x");
                int end = op.indexOf(' ', at);
                return at < 0 || end < 0
                        ? null
                        : known.bo(
                                Long.parseLong(vm.key()),
                                Long.parseUnsignedLong(op.substring(at + 2, end), 16));
            }
        }
        return null;
    }

    private Link queued(ObjectId id, String step, long event) {
        ObjectId ahead = inFlightBefore(id);
        if (ahead != null) {
            return Link.waiting(
                    id,
                    id
                            + " is queued behind "
                            + ahead
                            + ": an XGS queue runs one job at a time, and each has its own"
                            + " timeout.",
                    event,
                    inquiry.about(ahead));
        }
        return Link.waiting(
                id,
                id
                        + " is "
                        + step
                        + ", "
                        + inquiry.ago(inquiry.facts.timeNs(Math.max(0, event)))
                        + " ago; a worker of drm_sched is to run it next.",
                event);
    }

    /// The job of the same queue that has to be done first, or null.
    private @Nullable ObjectId inFlightBefore(ObjectId id) {
        Long xq = known.number(id, Belief.KERNEL, "xgs_queue");
        ObjectId before = null;
        for (ObjectState job : known.ofKind("xgs-job")) {
            boolean isSameQueue =
                    xq != null && xq.equals(known.number(job.id(), Belief.KERNEL, "xgs_queue"));
            boolean isOver =
                    List.of("completed", "error", "timeout", "cancelled")
                            .contains(known.text(job.id(), Belief.KERNEL, "step"));
            if (isSameQueue && !isOver && job.id().compareTo(id) < 0) {
                before = job.id();
            }
        }
        return before;
    }

    private Link busy(ObjectId id) {
        Long index = known.number(id, Belief.KERNEL, "blocked_on");
        String op = index == null ? "" : known.text(id, Belief.KERNEL, "op_" + index);
        long event = known.event(id, Belief.KERNEL, "blocked_on");
        String due = due(id);
        List<String> words = List.of(op.replace(":", "").split(" ", -1));
        ObjectId vm = vmOf(id);
        int at = words.size() > 1 && words.get(1).startsWith("0x") ? 1 : 2;
        if (vm == null || words.size() <= at + 1 || !words.get(at).startsWith("0x")) {
            return Link.unknown(
                    id,
                    id + " is in flight; the trace does not show at which operation." + due,
                    known.event(id, Belief.KERNEL, "step"));
        }
        ObjectId sync = new ObjectId("sync", vm.key() + "@" + words.get(at));
        SyncReasons.Condition condition =
                new SyncReasons.Condition(
                        words.getFirst().equals("wait_gt"),
                        Long.parseUnsignedLong(words.get(at + 1)),
                        words.get(1).equals("u32") ? Integer.BYTES : Long.BYTES);
        return Link.waiting(
                id,
                id
                        + " waits at operation "
                        + index
                        + ", "
                        + words.getFirst().toUpperCase(java.util.Locale.ROOT)
                        + " "
                        + words.get(at)
                        + ": the value has to become "
                        + condition
                        + "."
                        + due,
                event,
                new SyncReasons(inquiry).waited(sync, condition, SyncReasons.Waiter.XGS, id));
    }

    private String due(ObjectId id) {
        Long timeout = timeoutAt(id);
        return timeout == null ? "" : " Its timeout is due at " + new Cursor(timeout, null) + ".";
    }

    /// When the timer of the job's queue runs out, in ns, or null when it does not run.
    @Nullable Long timeoutAt(ObjectId id) {
        Long xq = known.number(id, Belief.KERNEL, "xgs_queue");
        if (xq == null || !known.isTrue(id, Belief.KERNEL, "in_flight")) {
            return null;
        }
        ObjectId queue = ObjectId.of("xgs-queue", xq);
        Long remaining = known.number(queue, Belief.KERNEL, "timer_remaining");
        long armed = known.event(queue, Belief.KERNEL, "timer_remaining");
        return remaining == null
                        || armed < 0
                        || !known.text(queue, Belief.KERNEL, "timer").equals("arm")
                ? null
                : Long.valueOf(inquiry.facts.timeNs(armed) + remaining);
    }

    private @Nullable ObjectId vmOf(ObjectId job) {
        Long xq = known.number(job, Belief.KERNEL, "xgs_queue");
        Long vm =
                xq == null ? null : known.number(ObjectId.of("xgs-queue", xq), Belief.KERNEL, "vm");
        return vm == null ? null : ObjectId.of("vm", vm);
    }

    /// Why an XGS queue does not get on.
    Link queue(ObjectId id) {
        Long error = known.number(id, Belief.KERNEL, "error_state");
        if (error != null) {
            return Link.cause(
                    id,
                    id + " is in its error state, " + error + ".",
                    known.event(id, Belief.KERNEL, "error_state"),
                    null);
        }
        for (ObjectState job : known.ofKind("xgs-job")) {
            Long xq = known.number(job.id(), Belief.KERNEL, "xgs_queue");
            boolean isOver =
                    List.of("completed", "error", "timeout", "cancelled")
                            .contains(known.text(job.id(), Belief.KERNEL, "step"));
            if (xq != null && id.key().equals(xq.toString()) && !isOver) {
                return Link.waiting(
                        id,
                        id + " has " + job.id() + " in front.",
                        Link.NO_EVENT,
                        inquiry.about(job.id()));
            }
        }
        return Link.done(id, id + " has no job that is not done.", Link.NO_EVENT);
    }
}
