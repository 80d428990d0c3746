package org.panscope.core.state;

import org.panscope.trace.event.XgsEvent;
import org.panscope.trace.schema.Unit;

/// XGS queues, their jobs and the operations of these.
final class XgsReducer {
    private XgsReducer() {}

    static void apply(StateBuilder state, XgsEvent event) {
        switch (event) {
            case XgsEvent.XgsQueue queue -> queue(state, queue);
            case XgsEvent.XgsJob job -> job(state, job);
            case XgsEvent.XgsOp op -> op(state, op);
            case XgsEvent.XgsRecheck recheck ->
                    state.known(ObjectId.of("file", recheck.fileId()))
                            .set(Belief.KERNEL, "xgs_recheck_cause", recheck.cause())
                            .set(
                                    Belief.KERNEL,
                                    "xgs_queues_visited",
                                    recheck.queuesVisited(),
                                    Unit.COUNT);
        }
    }

    private static void queue(StateBuilder state, XgsEvent.XgsQueue event) {
        ObjectId id = ObjectId.of("xgs-queue", event.xq());
        ObjectEditor queue =
                switch (event.step()) {
                    case CREATE -> state.create(id);
                    case DESTROY -> state.known(id);
                    case RELEASE -> null;
                };
        if (queue == null) {
            state.destroy(id);
            return;
        }
        queue.set(Belief.KERNEL, "handle", event.handle(), Unit.ID)
                .set(Belief.KERNEL, "file", event.fileId(), Unit.ID)
                .set(Belief.KERNEL, "vm", event.vmId(), Unit.ID)
                .set(Belief.KERNEL, "has_eventfd", event.hasEventfd())
                .set(Belief.KERNEL, "in_flight", event.inFlight(), Unit.COUNT)
                .set(Belief.KERNEL, "queued", event.queued(), Unit.COUNT)
                .set(Belief.KERNEL, "destroyed", event.step() == XgsEvent.XgsQueueStep.DESTROY);
    }

    private static void job(StateBuilder state, XgsEvent.XgsJob event) {
        ObjectId id = ObjectId.of("xgs-job", event.job());
        if (event.step() == XgsEvent.XgsJobStep.FREED) {
            state.destroy(id);
            return;
        }
        ObjectEditor job =
                event.step() == XgsEvent.XgsJobStep.CREATED ? state.create(id) : state.known(id);
        job.set(Belief.KERNEL, "xgs_queue", event.xq(), Unit.ID)
                .set(Belief.KERNEL, "step", event.step())
                .set(Belief.KERNEL, "ops", event.ops(), Unit.COUNT)
                .set(Belief.KERNEL, "refcount", event.refcount(), Unit.COUNT)
                .set(Belief.KERNEL, "error", event.error(), Unit.ERRNO);
    }

    private static void op(StateBuilder state, XgsEvent.XgsOp op) {
        Long after = op.after();
        String outcome =
                op.skipped()
                        ? "skipped"
                        : after == null
                                ? "result " + op.result()
                                : "now " + Long.toUnsignedString(after);
        state.known(ObjectId.of("xgs-job", op.job()))
                .set(
                        Belief.KERNEL,
                        "op_" + op.index(),
                        op.op().label()
                                + " "
                                + op.format().label()
                                + " 0x"
                                + Long.toHexString(op.va())
                                + " "
                                + Long.toUnsignedString(op.operand())
                                + ": "
                                + outcome)
                .set(Belief.KERNEL, "op_result", op.result(), Unit.ERRNO)
                .set(Belief.KERNEL, "op_error_passed", op.errPassed(), Unit.ERRNO);
    }
}
