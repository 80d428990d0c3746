package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.LiveObject;
import org.panscope.core.kernel.base.Tracepoint;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;

import java.util.ArrayList;
import java.util.List;

/// A `dma_fence`: signals once, with or without an error, and then runs its callbacks in order.
/// What they do is caused by the signal.
///
/// kernel: drivers/dma-buf/dma-fence.c
public final class DmaFence implements LiveObject {
    /// What [#addCallback] takes.
    public interface Callback {
        void signaled(DmaFence fence);
    }

    private final KernelContext kernel;
    private final FenceKind kind;
    private final String driver;
    private final String timeline;
    private final long context;
    private final long seqno;
    private final @Nullable Long job;
    private final int track;
    private final List<Callback> callbacks = new ArrayList<>();
    private boolean signaled;
    private boolean signalingEnabled;
    private int error;
    private int references = 1;

    /// `dma_fence_init`; the caller holds the first reference.
    ///
    /// @param job job it belongs to
    public DmaFence(
            KernelContext kernel,
            FenceKind kind,
            String driver,
            String timeline,
            long context,
            long seqno,
            @Nullable Long job) {
        this.kernel = kernel;
        this.kind = kind;
        this.driver = driver;
        this.timeline = timeline;
        this.context = context;
        this.seqno = seqno;
        this.job = job;
        track = TrackNames.fence(kernel.sim(), timeline, context);
        kernel.born(this);
        emit(FenceStep.INIT, null, null);
        trace(Tracepoint.DMA_FENCE_INIT);
    }

    public FenceKind kind() {
        return kind;
    }

    public long context() {
        return context;
    }

    public long seqno() {
        return seqno;
    }

    public String driver() {
        return driver;
    }

    public String timeline() {
        return timeline;
    }

    /// The job it belongs to, or null.
    public @Nullable Long job() {
        return job;
    }

    public boolean isSignaled() {
        return signaled;
    }

    /// 0 or a negated errno; final once signalled.
    public int error() {
        return error;
    }

    /// Name of it in events: `fence:CONTEXT:SEQNO`.
    @Override
    public String objectId() {
        return "fence:" + context + ":" + seqno;
    }

    /// `dma_fence_set_error`: only before it signals.
    public void setError(int errno) {
        if (signaled) {
            kernel.warn("dma_fence_set_error", objectId() + " is signalled already");
            return;
        }
        error = errno;
        emit(FenceStep.SET_ERROR, errno, null);
    }

    /// `dma_fence_signal`.
    ///
    /// @return 0, or -EINVAL when it was signalled before
    public int signal() {
        if (signaled) {
            return Errno.EINVAL;
        }
        signaled = true;
        long before = kernel.sim().current().cause();
        kernel.sim().follow(track, event(FenceStep.SIGNALED, error, null));
        trace(Tracepoint.DMA_FENCE_SIGNALED);
        List<Callback> run = new ArrayList<>(callbacks);
        callbacks.clear();
        for (Callback callback : run) {
            callback.signaled(this);
        }
        kernel.sim().current().setCause(before);
        return 0;
    }

    /// `dma_fence_add_callback`.
    ///
    /// @return false when it is signalled already; the callback will not run then
    public boolean addCallback(Callback callback) {
        if (signaled) {
            return false;
        }
        enableSignaling();
        callbacks.add(callback);
        emit(FenceStep.ADD_CALLBACK, null, null);
        return true;
    }

    /// `dma_fence_remove_callback`.
    public boolean removeCallback(Callback callback) {
        return callbacks.remove(callback);
    }

    /// Says where it can be seen from now on.
    public void published(String where) {
        emit(FenceStep.PUBLISH, null, where);
    }

    /// `dma_fence_get`.
    public DmaFence get() {
        references++;
        return this;
    }

    /// `dma_fence_put`.
    public void put() {
        references--;
        if (references < 0) {
            throw new IllegalStateException(objectId() + " references=" + references);
        }
        if (references == 0) {
            if (!signaled && !callbacks.isEmpty()) {
                kernel.warn("dma_fence_release", objectId() + " released with pending callbacks");
                error = Errno.EDEADLK;
                signal();
            }
            kernel.gone(this);
            emit(FenceStep.DESTROY, null, null);
            trace(Tracepoint.DMA_FENCE_DESTROY);
        }
    }

    /// The tracepoint fires once, and only for fences whose operations have `enable_signaling`;
    /// drm_sched's and panthor's have none.
    private void enableSignaling() {
        if (!signalingEnabled && kind == FenceKind.CHAIN) {
            emit(FenceStep.ENABLE_SIGNAL, null, null);
            trace(Tracepoint.DMA_FENCE_ENABLE_SIGNAL);
        }
        signalingEnabled = true;
    }

    private void trace(Tracepoint step) {
        kernel.tracepoints().dmaFence(step, driver, timeline, context, seqno, signaled);
    }

    private void emit(FenceStep step, @Nullable Integer errno, @Nullable String where) {
        kernel.sim().emit(track, event(step, errno, where));
    }

    private Fence event(FenceStep step, @Nullable Integer errno, @Nullable String where) {
        return new Fence(step, kind, context, seqno, driver, timeline, errno, job, where);
    }
}
