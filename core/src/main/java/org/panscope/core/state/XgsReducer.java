package org.panscope.core.state;

import org.panscope.trace.event.XgsEvent;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsOpKind;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;
import org.panscope.trace.schema.Unit;

import java.util.List;

/// XGS queues, their jobs and the operations of these.
final class XgsReducer {
    private static final long EBUSY = -16;
    private static final List<String> QUEUED =
            List.of(
                    XgsJobStep.PUSHED.label(),
                    XgsJobStep.DEP_WAIT.label(),
                    XgsJobStep.DEPS_DONE.label());

    private XgsReducer() {}

    static void apply(StateBuilder state, XgsEvent event) {
        switch (event) {
            case XgsEvent.XgsQueue queue -> queue(state, queue);
            case XgsEvent.XgsJob job -> job(state, job);
            case XgsEvent.XgsOp op -> op(state, op);
            case XgsEvent.XgsRecheck recheck -> recheck(state, recheck);
            case XgsEvent.XgsTimer timer ->
                    state.known(ObjectId.of("xgs-queue", timer.xq()))
                            .set(Belief.KERNEL, "timer", timer.step())
                            .clear(Belief.KERNEL, "timer_remaining")
                            .set(Belief.KERNEL, "timer_remaining", timer.remainingNs(), Unit.NS);
        }
    }

    /// A file that was closed is gone, however long a group goes on pointing to it.
    private static void recheck(StateBuilder state, XgsEvent.XgsRecheck recheck) {
        ObjectEditor file = state.find(ObjectId.of("file", recheck.fileId()));
        if (file != null) {
            file.set(Belief.KERNEL, "xgs_recheck_cause", recheck.cause())
                    .set(Belief.KERNEL, "xgs_queues_visited", recheck.queuesVisited(), Unit.COUNT)
                    .set(Belief.KERNEL, "xgs_sched_locked", recheck.schedLocked());
        }
    }

    private static void queue(StateBuilder state, XgsEvent.XgsQueue event) {
        ObjectId id = ObjectId.of("xgs-queue", event.xq());
        if (event.step() == XgsQueueStep.RELEASE) {
            state.destroy(id);
            return;
        }
        ObjectEditor queue =
                event.step() == XgsQueueStep.CREATE ? state.create(id) : state.known(id);
        if (event.step() == XgsQueueStep.ERROR_STATE) {
            queue.set(Belief.KERNEL, "error_state", event.error(), Unit.ERRNO);
            return;
        }
        queue.set(Belief.KERNEL, "handle", event.handle(), Unit.ID)
                .set(Belief.KERNEL, "file", event.fileId(), Unit.ID)
                .set(Belief.KERNEL, "vm", event.vmId(), Unit.ID)
                .set(Belief.KERNEL, "has_eventfd", event.hasEventfd())
                .set(Belief.KERNEL, "in_flight", event.inFlight(), Unit.COUNT)
                .set(Belief.KERNEL, "queued", event.queued(), Unit.COUNT)
                .set(Belief.KERNEL, "destroyed", event.step() == XgsQueueStep.DESTROY);
    }

    // ---- jobs ---------------------------------------------------------------------------------

    private static void job(StateBuilder state, XgsEvent.XgsJob event) {
        ObjectId id = ObjectId.of("xgs-job", event.job());
        switch (event.step()) {
            case REF_UNDERFLOW -> {} // of a job that is gone
            case FREED -> state.destroy(id);
            case PUT -> refcount(state.known(id), event);
            case IN_FLIGHT_PUT -> {
                ObjectEditor job = state.known(id);
                refcount(job, event);
                leaveFlight(state, job, event);
            }
            case CREATED,
                    ARMED,
                    PUSHED,
                    DEPS_DONE,
                    RUN,
                    BUSY,
                    COMPLETED,
                    ERROR,
                    TIMEOUT,
                    CANCELLED,
                    DEP_WAIT ->
                    step(state, id, event);
        }
    }

    private static void step(StateBuilder state, ObjectId id, XgsEvent.XgsJob event) {
        boolean first = event.step() == XgsJobStep.CREATED;
        ObjectEditor job = first ? state.create(id) : state.known(id);
        boolean wasQueued = QUEUED.contains(job.text(Belief.KERNEL, "step"));
        refcount(job, event);
        job.set(Belief.KERNEL, "xgs_queue", event.xq(), Unit.ID)
                .set(Belief.KERNEL, "step", event.step())
                .set(Belief.KERNEL, "ops", event.ops(), Unit.COUNT)
                .set(Belief.KERNEL, "error", event.error(), Unit.ERRNO)
                .set(Belief.KERNEL, "finished_fence", event.finished())
                .set(Belief.KERNEL, "submit_flags", event.submitFlags(), Unit.HEX);
        switch (event.step()) {
            case CREATED -> {
                XgsOps.submitted(job, event.opArray());
                if (event.refcount() == null) {
                    state.retire(id); // only its submission was seen: nothing will free it
                }
            }
            case PUSHED -> count(state, event, "queued", 1);
            case DEP_WAIT -> job.set(Belief.KERNEL, "waits_for", event.fence());
            case DEPS_DONE -> job.clear(Belief.KERNEL, "waits_for");
            case RUN -> count(state, event, "queued", -1);
            case BUSY -> {
                job.set(Belief.KERNEL, "done_fence", event.fence())
                        .set(Belief.KERNEL, "in_flight", true);
                count(state, event, "in_flight", 1);
            }
            case COMPLETED, ERROR, TIMEOUT, CANCELLED -> {
                leaveFlight(state, job, event);
                if (wasQueued) {
                    count(state, event, "queued", -1);
                }
            }
            case ARMED, FREED, IN_FLIGHT_PUT, REF_UNDERFLOW, PUT -> {}
        }
    }

    private static void refcount(ObjectEditor job, XgsEvent.XgsJob event) {
        job.set(Belief.KERNEL, "refcount", event.refcount(), Unit.COUNT);
    }

    private static void leaveFlight(StateBuilder state, ObjectEditor job, XgsEvent.XgsJob event) {
        if (job.isTrue(Belief.KERNEL, "in_flight")) {
            job.set(Belief.KERNEL, "in_flight", false);
            count(state, event, "in_flight", -1);
        }
    }

    /// A queue freed between being found and being referenced (R6) still gets jobs, but is no
    /// object any more. A capture that lost the queue's creation has no count to go on from.
    private static void count(
            StateBuilder state, XgsEvent.XgsJob event, String quantity, long change) {
        ObjectEditor queue = state.find(ObjectId.of("xgs-queue", event.xq()));
        if (queue == null) {
            return;
        }
        Long before = queue.number(Belief.KERNEL, quantity);
        long after = (before == null ? 0 : before) + change;
        queue.set(Belief.KERNEL, quantity, Math.max(0, after), Unit.COUNT);
    }

    // ---- operations ---------------------------------------------------------------------------

    private static void op(StateBuilder state, XgsEvent.XgsOp op) {
        ObjectEditor job = state.known(ObjectId.of("xgs-job", op.job()));
        Integer result = op.result();
        if (result == null) {
            XgsOps.submitted(job, op);
            return;
        }
        job.set(Belief.KERNEL, "op_result", result, Unit.ERRNO)
                .set(Belief.KERNEL, "op_error_passed", op.errPassed(), Unit.ERRNO);
        if (Boolean.FALSE.equals(op.skipped())) {
            XgsOps.tried(job, op);
        }
        boolean isWait = op.op() == XgsOpKind.WAIT_LE || op.op() == XgsOpKind.WAIT_GT;
        if (isWait && result == EBUSY) {
            job.set(Belief.KERNEL, "blocked_on", op.index(), Unit.INDEX);
        } else {
            Long blocked = job.number(Belief.KERNEL, "blocked_on");
            if (blocked != null && blocked == op.index()) {
                job.clear(Belief.KERNEL, "blocked_on");
            }
        }
    }
}
