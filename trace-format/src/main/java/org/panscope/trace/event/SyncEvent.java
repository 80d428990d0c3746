package org.panscope.trace.event;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventType;
import org.panscope.trace.schema.Field;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

/// What happens to sync objects: words in GPU memory that queues, kernel and applications agree on.
public sealed interface SyncEvent extends TraceEvent {

    /// Who wrote a sync object.
    enum SyncWriter implements Labelled {
        GPU,
        XGS,
        KERNEL_TERM,
        CPU_USER
    }

    /// Who evaluated a wait.
    enum Evaluator implements Labelled {
        FIRMWARE,
        EVAL_SYNCWAIT,
        XGS,
        USER
    }

    @EventType(
            id = 0x0501,
            layer = Layer.SYNC,
            doc = "A sync object in memory was written.",
            source = "panthor_sched.c: panthor_syncobj_32b, panthor_syncobj_64b")
    record SyncMem(
            @Field(Unit.ID) int vmId,
            @Field(Unit.GPU_VA) long va,
            @Field(value = Unit.BYTES, doc = "width of the value, 4 or 8; the object is twice that")
                    int size,
            @Field(Unit.COUNT) @Nullable Long oldValue,
            @Field(Unit.COUNT) long newValue,
            @Field(value = Unit.HEX, doc = "error word before") @Nullable Integer oldError,
            @Field(value = Unit.HEX, doc = "error word after") @Nullable Integer newError,
            @Field(Unit.NONE) SyncWriter writer,
            @Field(value = Unit.ID, doc = "group that executed the write, for gpu")
                    @Nullable Long gid,
            @Field(Unit.INDEX) @Nullable Integer queue,
            @Field(value = Unit.ID, doc = "buffer object that holds it") @Nullable Integer bo,
            @Field(value = Unit.BYTES, doc = "offset in that buffer object")
                    @Nullable Long boOffset)
            implements SyncEvent {}

    @EventType(
            id = 0x0502,
            layer = Layer.SYNC,
            doc = "Somebody compared a sync object with what a waiter needs.",
            source = "panthor_sched.c: panthor_queue_eval_syncwait; CS_STATUS_WAIT")
    record SyncWaitEval(
            @Field(Unit.ID) @Nullable Integer vmId,
            @Field(Unit.GPU_VA) long va,
            @Field(value = Unit.COUNT, doc = "value seen") long value,
            @Field(Unit.COUNT) long ref,
            @Field(value = Unit.NONE, doc = "true GT, false LE") boolean gt,
            @Field(Unit.NONE) boolean satisfied,
            @Field(Unit.NONE) Evaluator evaluator,
            @Field(Unit.ID) @Nullable Long gid,
            @Field(Unit.INDEX) @Nullable Integer queue)
            implements SyncEvent {}
}
