package org.panscope.trace.event;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventType;
import org.panscope.trace.schema.Field;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

/// XGS queues of the user-submission RFC: kernel jobs that wait for and signal sync objects.
public sealed interface XgsEvent extends TraceEvent {

    /// Life of an XGS queue.
    enum XgsQueueStep implements Labelled {
        CREATE,
        DESTROY,
        RELEASE
    }

    /// Life of an XGS job.
    enum XgsJobStep implements Labelled {
        CREATED,
        ARMED,
        PUSHED,
        DEPS_DONE,
        RUN,
        BUSY,
        COMPLETED,
        ERROR,
        TIMEOUT,
        CANCELLED,
        FREED
    }

    /// Operations of an XGS job.
    enum XgsOpKind implements Labelled {
        WAIT_LE,
        WAIT_GT,
        SIGNAL_SET,
        SIGNAL_ADD,
        UNKNOWN
    }

    /// Width of the sync object of an XGS operation.
    enum XgsFormat implements Labelled {
        U32,
        U64
    }

    /// Why a file's XGS queues were looked at again.
    enum RecheckCause implements Labelled {
        FW_EVENT,
        IOCTL,
        SUSPEND
    }

    @EventType(
            id = 0x0701,
            layer = Layer.KERNEL,
            doc = "An XGS queue was created, destroyed or released.",
            source = "RFC patch 6/8: panthor_xgs.c")
    record XgsQueue(
            @Field(Unit.NONE) XgsQueueStep step,
            @Field(value = Unit.ID, doc = "identity, never reused") long xq,
            @Field(Unit.ID) int handle,
            @Field(Unit.ID) int fileId,
            @Field(Unit.ID) @Nullable Integer vmId,
            @Field(Unit.NONE) boolean hasEventfd,
            @Field(Unit.COUNT) int inFlight,
            @Field(Unit.COUNT) int queued)
            implements XgsEvent {}

    @EventType(
            id = 0x0702,
            layer = Layer.KERNEL,
            doc = "An XGS job took a step.",
            source = "RFC patch 6/8: panthor_xgs.c")
    record XgsJob(
            @Field(Unit.ID) long xq,
            @Field(Unit.ID) long job,
            @Field(Unit.NONE) XgsJobStep step,
            @Field(Unit.COUNT) int ops,
            @Field(Unit.COUNT) @Nullable Integer refcount,
            @Field(Unit.ERRNO) int error)
            implements XgsEvent {}

    @EventType(
            id = 0x0703,
            layer = Layer.SYNC,
            doc = "An operation of an XGS job was executed or tried.",
            source = "RFC patch 6/8: panthor_xgs_try_run")
    record XgsOp(
            @Field(Unit.ID) long job,
            @Field(Unit.INDEX) int index,
            @Field(Unit.NONE) XgsOpKind op,
            @Field(Unit.NONE) XgsFormat format,
            @Field(Unit.GPU_VA) long va,
            @Field(Unit.COUNT) long operand,
            @Field(Unit.COUNT) @Nullable Long before,
            @Field(Unit.COUNT) @Nullable Long after,
            @Field(Unit.ERRNO) int result,
            @Field(value = Unit.ERRNO, doc = "error handed to a SIGNAL") int errPassed,
            @Field(value = Unit.NONE, doc = "skipped, it was marked completed") boolean skipped)
            implements XgsEvent {}

    @EventType(
            id = 0x0704,
            layer = Layer.KERNEL,
            doc = "All XGS queues of a file were evaluated again.",
            source = "RFC patch 6/8: panthor_xgs_queue_pool_recheck")
    record XgsRecheck(
            @Field(Unit.ID) int fileId,
            @Field(Unit.NONE) RecheckCause cause,
            @Field(Unit.ID) @Nullable Long gid,
            @Field(Unit.COUNT) int queuesVisited)
            implements XgsEvent {}
}
