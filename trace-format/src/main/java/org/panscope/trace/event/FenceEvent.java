package org.panscope.trace.event;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventType;
import org.panscope.trace.schema.Field;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

/// Life of dma_fences and of the drm_syncobjs that carry them.
public sealed interface FenceEvent extends TraceEvent {

    /// What a fence stands for.
    enum FenceKind implements Labelled {
        SCHEDULED,
        FINISHED,
        XGS_DONE,
        QUEUE_DONE,
        CHAIN,
        STUB,
        EVICTION,
        SUBMISSION,
        ARRAY
    }

    /// Transitions of a fence.
    enum FenceStep implements Labelled {
        INIT,
        PUBLISH,
        ADD_CALLBACK,
        ENABLE_SIGNAL,
        SET_ERROR,
        SIGNALED,
        DESTROY,
        RELINK
    }

    /// Operations on a drm_syncobj.
    enum SyncobjStep implements Labelled {
        CREATE,
        DESTROY,
        REPLACE_FENCE,
        ADD_POINT,
        WAIT_DEP,
        RESET,
        SIGNAL,
        IMPORT,
        EXPORT,
        SIGNALED
    }

    /// What a drm_syncobj holds.
    enum SyncobjState implements Labelled {
        EMPTY,
        BINARY_PENDING,
        BINARY_SIGNALED,
        TIMELINE
    }

    /// Life of a wait for a drm_syncobj.
    enum WaitStep implements Labelled {
        BEGIN,
        END
    }

    /// What a fence on a reservation stands for: `enum dma_resv_usage`.
    enum ResvUsage implements Labelled {
        KERNEL,
        WRITE,
        READ,
        BOOKKEEP
    }

    @EventType(
            id = 0x0601,
            layer = Layer.FENCE,
            doc = "A dma_fence changed state.",
            source = "drivers/dma-buf/dma-fence.c; include/trace/events/dma_fence.h")
    record Fence(
            @Field(Unit.NONE) FenceStep step,
            @Field(Unit.NONE) FenceKind kind,
            @Field(Unit.ID) long context,
            @Field(Unit.ID) long seqno,
            @Field(Unit.NONE) String driver,
            @Field(Unit.NONE) String timeline,
            @Field(value = Unit.ERRNO, doc = "error carried, at set_error and signaled")
                    @Nullable Integer error,
            @Field(value = Unit.ID, doc = "job it belongs to") @Nullable Long job,
            @Field(
                            value = Unit.NONE,
                            doc = "at publish: object id of the syncobj, or `resv bo:N usage`")
                    @Nullable String publishedTo,
            @Field(value = Unit.NONE, doc = "of a chain node: the fence it adds, as an object id")
                    @Nullable String wraps,
            @Field(
                            value = Unit.NONE,
                            doc =
                                    "of a chain node, at init and relink: the fence before it;"
                                            + " absent when there is none any more")
                    @Nullable String prev)
            implements FenceEvent {

        /// A step of a fence that is no chain node.
        public Fence(
                FenceStep step,
                FenceKind kind,
                long context,
                long seqno,
                String driver,
                String timeline,
                @Nullable Integer error,
                @Nullable Long job,
                @Nullable String publishedTo) {
            this(step, kind, context, seqno, driver, timeline, error, job, publishedTo, null, null);
        }
    }

    @EventType(
            id = 0x0602,
            layer = Layer.FENCE,
            doc = "A drm_syncobj changed, or a job took a dependency from it.",
            source = "drivers/gpu/drm/drm_syncobj.c")
    record Syncobj(
            @Field(Unit.NONE) SyncobjStep step,
            @Field(Unit.ID) int fileId,
            @Field(Unit.ID) int handle,
            @Field(value = Unit.COUNT, doc = "timeline point; absent for binary")
                    @Nullable Long point,
            @Field(value = Unit.NONE, doc = "fence concerned, as an object id")
                    @Nullable String fence,
            @Field(Unit.ID) @Nullable Long job,
            @Field(value = Unit.ID, doc = "identity, the same for all files that share it")
                    @Nullable Long syncobj,
            @Field(
                            value = Unit.NONE,
                            doc =
                                    "FILE.HANDLE of all its handles, when it has others than the"
                                            + " one above; empty when it has none")
                    @Nullable String handles,
            @Field(value = Unit.NONE, doc = "what it holds now") @Nullable SyncobjState state,
            @Field(value = Unit.COUNT, doc = "last timeline point that has signalled")
                    @Nullable Long signaledPoint)
            implements FenceEvent {

        /// A change of a syncobj that is known by its handle only.
        public Syncobj(
                SyncobjStep step,
                int fileId,
                int handle,
                @Nullable Long point,
                @Nullable String fence,
                @Nullable Long job) {
            this(step, fileId, handle, point, fence, job, null, null, null, null);
        }
    }

    @EventType(
            id = 0x0603,
            layer = Layer.FENCE,
            doc = "A thread began or ended to wait for a drm_syncobj in an ioctl.",
            source = "drivers/gpu/drm/drm_syncobj.c: drm_syncobj_array_wait_timeout")
    record SyncobjWait(
            @Field(Unit.NONE) WaitStep step,
            @Field(Unit.ID) long syncobj,
            @Field(Unit.ID) int fileId,
            @Field(Unit.ID) int handle,
            @Field(Unit.ID) long pid,
            @Field(value = Unit.COUNT, doc = "timeline point; 0 is whatever fence it holds")
                    long point,
            @Field(value = Unit.HEX, doc = "DRM_SYNCOBJ_WAIT_FLAGS_*") long flags,
            @Field(value = Unit.NS, doc = "when it gives up; absent = never")
                    @Nullable Long deadlineNs,
            @Field(value = Unit.ERRNO, doc = "at end") @Nullable Integer result)
            implements FenceEvent {}

    @EventType(
            id = 0x0604,
            layer = Layer.FENCE,
            doc = "A fence was added to a reservation; what it replaces is gone from there.",
            source = "drivers/dma-buf/dma-resv.c: dma_resv_add_fence")
    record Resv(
            @Field(value = Unit.NONE, doc = "object id of the buffer object or address space")
                    String owner,
            @Field(value = Unit.NONE, doc = "the fence, as an object id") String fence,
            @Field(Unit.NONE) ResvUsage usage,
            @Field(value = Unit.NONE, doc = "all fences there now, each with `/usage`")
                    String fences)
            implements FenceEvent {}
}
