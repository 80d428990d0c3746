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
        SUBMISSION
    }

    /// Transitions of a fence.
    enum FenceStep implements Labelled {
        INIT,
        PUBLISH,
        ADD_CALLBACK,
        ENABLE_SIGNAL,
        SET_ERROR,
        SIGNALED,
        DESTROY
    }

    /// Operations on a drm_syncobj.
    enum SyncobjStep implements Labelled {
        CREATE,
        DESTROY,
        REPLACE_FENCE,
        ADD_POINT,
        WAIT_DEP,
        RESET,
        SIGNAL
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
                    @Nullable String publishedTo)
            implements FenceEvent {}

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
            @Field(Unit.ID) @Nullable Long job)
            implements FenceEvent {}
}
