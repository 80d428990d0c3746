package org.panscope.core.kernel.xgs;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.LiveObject;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmSchedJob;
import org.panscope.core.uapi.XgsOp;
import org.panscope.core.uapi.XgsQueueSubmitArgs;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.XgsEvent;
import org.panscope.trace.event.XgsEvent.XgsJobStep;

import java.nio.ByteBuffer;
import java.util.List;

/// A `panthor_xgs_job`: operations that the queue does one after the other. Its creator's reference
/// goes to the scheduler; while the job is in flight the queue's list holds a second one.
///
/// ASSUMPTION: kernel.freed_memory: what is freed and still used keeps its contents.
///
/// RFC patch 6/8: panthor_xgs.c, struct panthor_xgs_job
public final class XgsJob extends DrmSchedJob implements LiveObject {
    private static final int CREDITS = 1;

    private final KernelContext kernel;
    private final XgsQueue queue;
    private final List<XgsOperation> ops;
    private final int submitFlags;
    private @Nullable DmaFence doneFence;
    private XgsJobStep step = XgsJobStep.CREATED;
    private int references = 1;
    private boolean started;
    private boolean freed;

    /// Takes a reference to the queue.
    ///
    /// @param structs the operations as submitted
    XgsJob(KernelContext kernel, XgsQueue queue, List<ByteBuffer> structs, int submitFlags) {
        super(kernel.nextJob(), queue.scheduler().entity(), CREDITS);
        this.kernel = kernel;
        this.queue = queue.get();
        ops = structs.stream().map(XgsOperation::decode).toList();
        this.submitFlags = submitFlags;
        kernel.born(this);
        emit(XgsJobStep.CREATED, null, 0, bytesOf(structs));
    }

    private static byte[] bytesOf(List<ByteBuffer> structs) {
        byte[] all = new byte[structs.size() * XgsOp.SIZE];
        for (int i = 0; i < structs.size(); i++) {
            structs.get(i).get(0, all, i * XgsOp.SIZE, XgsOp.SIZE);
        }
        return all;
    }

    @Override
    public String objectId() {
        return "xgs-job:" + id();
    }

    public XgsQueue queue() {
        return queue;
    }

    public List<XgsOperation> ops() {
        return ops;
    }

    /// `ERROR_BARRIER_*`.
    public int submitFlags() {
        return submitFlags;
    }

    /// The last step it took, apart from those that only drop references.
    public XgsJobStep step() {
        return step;
    }

    public int references() {
        return references;
    }

    /// The fence `run_job` returned; null until the job blocks for the first time.
    public @Nullable DmaFence doneFence() {
        return doneFence;
    }

    /// Whether it is in the entity.
    public boolean isQueued() {
        return step == XgsJobStep.PUSHED
                || step == XgsJobStep.DEP_WAIT
                || step == XgsJobStep.DEPS_DONE;
    }

    /// Whether its memory was given back.
    public boolean isFreed() {
        return freed;
    }

    boolean hasBarrierBefore() {
        return (submitFlags & XgsQueueSubmitArgs.ERROR_BARRIER_PRE) != 0;
    }

    boolean hasBarrierAfter() {
        return (submitFlags & XgsQueueSubmitArgs.ERROR_BARRIER_POST) != 0;
    }

    /// Whether this is the first evaluation.
    boolean start() {
        boolean first = !started;
        started = true;
        return first;
    }

    /// `dma_fence_init` of its fence, and the reference of the list it goes on.
    ///
    /// @return the fence, with a reference for the scheduler
    DmaFence block(DmaFence fence) {
        doneFence = fence;
        references++;
        emit(XgsJobStep.BUSY, fence.objectId(), 0, null);
        return fence.get();
    }

    /// Says how it ended; a job that is freed says nothing any more.
    void tell(XgsJobStep next, int error) {
        if (!freed) {
            emit(next, null, error, null);
        }
    }

    /// `dma_fence_set_error` on its fence.
    void setError(int error) {
        DmaFence fence = liveFence();
        if (fence != null) {
            fence.setError(error);
        }
    }

    /// `dma_fence_signal` on its fence.
    void signal() {
        DmaFence fence = liveFence();
        if (fence != null) {
            fence.signal();
        }
    }

    private @Nullable DmaFence liveFence() {
        DmaFence fence = doneFence;
        if (fence != null && fence.isReleased()) {
            kernel.warn("xgs_fence", "use of freed " + fence.objectId());
            return null;
        }
        return fence;
    }

    // ---- references -----------------------------------------------------------------------------

    /// Drops the reference of the list of jobs in flight.
    void putInFlight() {
        references--;
        if (references >= 0) {
            tell(XgsJobStep.IN_FLIGHT_PUT, 0);
        }
        settle();
    }

    /// `panthor_xgs_job_put`.
    public void put() {
        references--;
        if (references > 0) {
            tell(XgsJobStep.PUT, 0);
        }
        settle();
    }

    private void settle() {
        if (references == 0) {
            release();
        } else if (references < 0) {
            kernel.warn("refcount_warn_saturate", "refcount_t: underflow; use-after-free.");
            emit(XgsJobStep.REF_UNDERFLOW, null, 0, null);
        }
    }

    /// `xgs_job_release`.
    private void release() {
        if (queue.inFlight().contains(this)) {
            kernel.warn("xgs_job_release", objectId() + " is still on the list of jobs in flight");
        }
        cleanUp();
        if (doneFence != null) {
            doneFence.put();
        }
        freed = true;
        kernel.gone(this);
        emit(XgsJobStep.FREED, null, 0, null);
        queue.put();
    }

    /// Happens in [#release], with the last reference.
    @Override
    protected void freed() {}

    // ---- events ---------------------------------------------------------------------------------

    /// What the scheduler does with it. How it ended, the queue says.
    @Override
    public void trace(JobStep done, @Nullable String fence, int error) {
        switch (done) {
            case ARMED -> emit(XgsJobStep.ARMED, null, error, null);
            case PUSHED -> emit(XgsJobStep.PUSHED, null, error, null);
            case DEP_WAIT -> emit(XgsJobStep.DEP_WAIT, fence, error, null);
            case RUN -> {
                emit(XgsJobStep.DEPS_DONE, null, error, null);
                emit(XgsJobStep.RUN, null, error, null);
            }
            case DONE -> {
                if (isQueued()) { // the entity was killed
                    emit(XgsJobStep.ERROR, null, error, null);
                }
            }
            case CREATED, DEP_ADDED, WRITTEN, FREED -> {}
        }
    }

    private void emit(
            XgsJobStep next, @Nullable String fence, int error, byte @Nullable [] opArray) {
        boolean underflow = next == XgsJobStep.REF_UNDERFLOW;
        boolean aboutReferences =
                underflow || next == XgsJobStep.PUT || next == XgsJobStep.IN_FLIGHT_PUT;
        step = aboutReferences ? step : next;
        kernel.sim()
                .emit(
                        queue.track(),
                        new XgsEvent.XgsJob(
                                queue.id(),
                                id(),
                                next,
                                ops.size(),
                                underflow ? null : (Integer) references,
                                error,
                                isArmed() && !freed ? finished().objectId() : null,
                                fence,
                                opArray == null ? null : (Integer) submitFlags,
                                opArray));
    }
}
