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
        RELEASE,
        /// The error state was entered or left; only a mended driver has one.
        ERROR_STATE
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
        FREED,
        /// The head of the queue waits for a fence.
        DEP_WAIT,
        /// The reference of the list of jobs in flight was dropped.
        IN_FLIGHT_PUT,
        /// A reference was dropped that nobody held: the job had been freed.
        REF_UNDERFLOW,
        /// A reference was dropped, and others are left.
        PUT
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
        SUSPEND,
        /// A SIGNAL of a queue of the file; only a mended driver does that.
        SIGNAL
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
            @Field(Unit.NONE) @Nullable Boolean hasEventfd,
            @Field(Unit.COUNT) @Nullable Integer inFlight,
            @Field(Unit.COUNT) @Nullable Integer queued,
            @Field(value = Unit.ERRNO, doc = "error state, at step `error_state`")
                    @Nullable Integer error)
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
            @Field(Unit.ERRNO) int error,
            @Field(value = Unit.NONE, doc = "finished fence, as an object id, from step `armed` on")
                    @Nullable String finished,
            @Field(
                            value = Unit.NONE,
                            doc = "done fence at step `busy`, dependency at step `dep_wait`")
                    @Nullable String fence,
            @Field(value = Unit.HEX, doc = "flags of XGS_QUEUE_SUBMIT, at step `created`")
                    @Nullable Integer submitFlags,
            @Field(
                            value = Unit.NONE,
                            doc = "operations as submitted, 24 bytes each, at step `created`")
                    byte @Nullable [] opArray)
            implements XgsEvent {}

    @EventType(
            id = 0x0703,
            layer = Layer.SYNC,
            doc = "An operation of an XGS job was submitted, executed or tried.",
            source = "RFC patch 6/8: panthor_xgs_try_run")
    record XgsOp(
            @Field(Unit.ID) long job,
            @Field(Unit.INDEX) int index,
            @Field(Unit.NONE) XgsOpKind op,
            @Field(Unit.NONE) @Nullable XgsFormat format,
            @Field(Unit.GPU_VA) long va,
            @Field(Unit.COUNT) long operand,
            @Field(Unit.COUNT) @Nullable Long before,
            @Field(Unit.COUNT) @Nullable Long after,
            @Field(value = Unit.ERRNO, doc = "absent when it was submitted and not tried yet")
                    @Nullable Integer result,
            @Field(value = Unit.ERRNO, doc = "error handed to a SIGNAL")
                    @Nullable Integer errPassed,
            @Field(
                            value = Unit.NONE,
                            doc =
                                    "not executed: it was marked completed, or it is a WAIT behind"
                                            + " an error")
                    @Nullable Boolean skipped)
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
            @Field(value = Unit.COUNT, doc = "queues the file had when it began") int queuesVisited,
            @Field(value = Unit.NONE, doc = "whether the scheduler's lock was held")
                    @Nullable Boolean schedLocked)
            implements XgsEvent {}

    @EventType(
            id = 0x0705,
            layer = Layer.KERNEL,
            doc = "The timeout timer of an XGS queue was armed, stopped or fired.",
            source = "drm_sched: drm_sched_start_timeout; RFC patch 6/8: JOB_TIMEOUT_MS")
    record XgsTimer(
            @Field(Unit.ID) long xq,
            @Field(Unit.NONE) SchedEvent.TimerStep step,
            @Field(value = Unit.NS, doc = "time left when it runs or was suspended")
                    @Nullable Long remainingNs)
            implements XgsEvent {}
}
