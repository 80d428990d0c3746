package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.SyncEvent;
import org.panscope.trace.schema.Unit;

/// What happens to sync objects in memory.
final class SyncReducer {
    private SyncReducer() {}

    static void apply(StateBuilder state, SyncEvent event) {
        switch (event) {
            case SyncEvent.SyncMem write -> write(state, write);
            case SyncEvent.SyncWaitEval eval -> evaluation(state, eval);
        }
    }

    private static void write(StateBuilder state, SyncEvent.SyncMem write) {
        int width = write.size() == Integer.BYTES ? Integer.BYTES : Long.BYTES;
        ObjectEditor sync = SyncObjects.at(state, write.vmId(), write.va(), width);
        Belief writer =
                switch (write.writer()) {
                    case GPU -> Belief.FIRMWARE;
                    case XGS, KERNEL_TERM -> Belief.KERNEL;
                    case CPU_USER -> Belief.APPLICATION;
                };
        sync.set(writer, "value", write.newValue(), Unit.COUNT)
                .set(Belief.MEMORY, "writer", writerName(write));
        Integer error = write.newError();
        if (error != null) {
            sync.set(writer, "error", Integer.toUnsignedLong(error), Unit.HEX);
        }
        AddressSpace.Place place = place(write, sync);
        if (place == null) {
            sync.set(Belief.MEMORY, "value", write.newValue(), Unit.COUNT);
            if (error != null) {
                sync.set(Belief.MEMORY, "error", Integer.toUnsignedLong(error), Unit.HEX);
            }
            return;
        }
        if (!isAt(sync, place)) {
            SyncObjects.place(state, sync, place);
        }
        state.write(place.bo(), place.offset(), write.newValue(), width);
        if (error != null) {
            state.write(place.bo(), place.offset() + width, error, Integer.BYTES);
        }
    }

    /// Where the event says the object is, or else where it was last known to be.
    private static AddressSpace.@Nullable Place place(SyncEvent.SyncMem write, ObjectEditor sync) {
        Integer bo = write.bo();
        Long offset = write.boOffset();
        if (bo != null && offset != null) {
            return new AddressSpace.Place(bo, offset);
        }
        Long knownBo = sync.number(Belief.MEMORY, "bo");
        Long knownOffset = sync.number(Belief.MEMORY, "bo_offset");
        return knownBo == null || knownOffset == null
                ? null
                : new AddressSpace.Place(knownBo.intValue(), knownOffset);
    }

    private static boolean isAt(ObjectEditor sync, AddressSpace.Place place) {
        Long bo = sync.number(Belief.MEMORY, "bo");
        Long offset = sync.number(Belief.MEMORY, "bo_offset");
        return bo != null && offset != null && bo == place.bo() && offset == place.offset();
    }

    private static String writerName(SyncEvent.SyncMem write) {
        Long gid = write.gid();
        Integer queue = write.queue();
        return gid == null || queue == null
                ? write.writer().label()
                : write.writer().label() + " " + ObjectId.queue(gid, queue);
    }

    private static void evaluation(StateBuilder state, SyncEvent.SyncWaitEval eval) {
        Long gid = eval.gid();
        Integer named = eval.vmId();
        Long vm =
                named != null ? Long.valueOf(named) : gid == null ? null : Queues.vmOf(state, gid);
        if (vm == null) {
            return;
        }
        Belief evaluator =
                switch (eval.evaluator()) {
                    case FIRMWARE -> Belief.FIRMWARE;
                    case EVAL_SYNCWAIT, XGS -> Belief.KERNEL;
                    case USER -> Belief.APPLICATION;
                };
        SyncObjects.seen(state, vm, eval.va())
                .set(evaluator, "value", eval.value(), Unit.COUNT)
                .set(
                        evaluator,
                        "last_wait",
                        (eval.gt() ? "> " : "<= ")
                                + Long.toUnsignedString(eval.ref())
                                + (eval.satisfied() ? " true" : " false"));
    }
}
