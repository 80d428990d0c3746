package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.LiveObject;
import org.panscope.core.kernel.base.Tracepoint;
import org.panscope.core.sim.Simulation;
import org.panscope.core.sim.WaitQueue;
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
public sealed class DmaFence implements LiveObject
        permits DmaFenceChain, DmaFenceArray, DmaFenceOnDemand {
    /// What [#addCallback] takes.
    public interface Callback {
        void signaled(DmaFence fence);
    }

    /// Name of driver and timeline of a fence that is born signalled.
    private static final String STUB = "stub";

    private final KernelContext kernel;
    private final FenceKind kind;
    private final String driver;
    private final String timeline;
    private final long context;
    private final long seqno;
    private final @Nullable Long job;
    private final @Nullable String wraps;
    private @Nullable DmaFence prev;
    private final int track;
    private final List<Callback> callbacks = new ArrayList<>();
    private final List<Runnable> observers = new ArrayList<>();
    private @Nullable DrmSchedFence schedFence;
    private boolean signaled;
    private boolean signalingEnabled;
    private int error;
    private int references = 1;
    private Runnable release = () -> {};

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
        this(kernel, kind, driver, timeline, context, seqno, job, null, null);
    }

    /// @param wraps fence that a chain node adds
    /// @param prev fence before it in the chain, with its reference
    DmaFence(
            KernelContext kernel,
            FenceKind kind,
            String driver,
            String timeline,
            long context,
            long seqno,
            @Nullable Long job,
            @Nullable DmaFence wraps,
            @Nullable DmaFence prev) {
        this.kernel = kernel;
        this.kind = kind;
        this.driver = driver;
        this.timeline = timeline;
        this.context = context;
        this.seqno = seqno;
        this.job = job;
        this.wraps = wraps == null ? null : wraps.objectId();
        this.prev = prev;
        track = TrackNames.fence(kernel.sim(), timeline, context);
        kernel.born(this);
        kernel.sim().emit(track, event(FenceStep.INIT, null, null, prev));
        trace(Tracepoint.DMA_FENCE_INIT);
    }

    /// `dma_fence_allocate_private_stub`: a fence that is signalled already. Each has a context of
    /// its own here, so that they can be told apart.
    public static DmaFence stub(KernelContext kernel) {
        DmaFence stub =
                new DmaFence(
                        kernel,
                        FenceKind.STUB,
                        STUB,
                        STUB,
                        kernel.allocateFenceContexts(1),
                        0,
                        null);
        stub.signal();
        return stub;
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

    /// Object id of the fence a chain node adds, or null.
    public @Nullable String wraps() {
        return wraps;
    }

    /// `dma_fence_is_signaled`: a fence whose operations say that it is signals itself.
    public final boolean isSignaled() {
        if (!signaled && isSignaledByOps()) {
            signal();
        }
        return signaled;
    }

    /// DMA_FENCE_FLAG_SIGNALED_BIT, for whoever only looks.
    public final boolean hasSignaledFlag() {
        return signaled;
    }

    /// Whether [#isSignaled] would say so; changes nothing.
    boolean wouldBeSignaled() {
        return signaled;
    }

    /// 0 or a negated errno; final once signalled.
    public final int error() {
        return error;
    }

    /// Name of it in events: `fence:CONTEXT:SEQNO`.
    @Override
    public final String objectId() {
        return "fence:" + context + ":" + seqno;
    }

    /// `dma_fence_set_error`: warns when it has signalled, and changes the error all the same.
    public final void setError(int errno) {
        if (signaled) {
            kernel.warn("dma_fence_set_error", objectId() + " is signalled already");
        }
        error = errno;
        emit(FenceStep.SET_ERROR, errno, null);
    }

    /// `dma_fence_signal`.
    ///
    /// @return 0, or -EINVAL when it was signalled before
    public final int signal() {
        if (signaled) {
            return Errno.EINVAL;
        }
        signaled = true;
        long before = kernel.sim().current().cause();
        kernel.sim().follow(track, event(FenceStep.SIGNALED, error, null, null));
        trace(Tracepoint.DMA_FENCE_SIGNALED);
        List.copyOf(observers).forEach(Runnable::run);
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
    public final boolean addCallback(Callback callback) {
        if (signaled || !enableSignaling()) {
            return false;
        }
        callbacks.add(callback);
        emit(FenceStep.ADD_CALLBACK, null, null);
        return true;
    }

    /// `dma_fence_wait`, for ever and without regard to signals.
    public final void await(Simulation sim) {
        WaitQueue wait = new WaitQueue(sim);
        if (addCallback(_ -> wait.wakeAll())) {
            wait.await(this::isSignaled, WaitQueue.FOREVER);
        }
    }

    /// `dma_fence_remove_callback`.
    ///
    /// @return false when it has run or was never there
    public final boolean removeCallback(Callback callback) {
        return callbacks.remove(callback);
    }

    /// Lets `observer` know of the signal, before any callback runs. For what is told of the
    /// machine, not for what happens in it.
    void observe(Runnable observer) {
        observers.add(observer);
    }

    void unobserve(Runnable observer) {
        observers.remove(observer);
    }

    /// Says where it can be seen from now on.
    public final void published(String where) {
        emit(FenceStep.PUBLISH, null, where);
    }

    /// `dma_fence_get`.
    public final DmaFence get() {
        references++;
        return this;
    }

    /// `dma_fence_put`.
    public final void put() {
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
            release();
            release.run();
        }
    }

    /// Whether nobody holds it any more.
    public final boolean isReleased() {
        return references == 0;
    }

    /// Has more happen when it is released.
    public final void onRelease(Runnable action) {
        release = action;
    }

    // ---- `struct dma_fence_ops`, for fences made of others

    /// `ops->enable_signaling`; drm_sched's and panthor's fences have none.
    ///
    /// @return false when it turns out to be signalled
    boolean enableSignalingByOps() {
        return true;
    }

    boolean hasEnableSignaling() {
        return false;
    }

    /// `ops->signaled`.
    boolean isSignaledByOps() {
        return false;
    }

    /// `ops->release`.
    void release() {}

    /// The fences it waits for in the end.
    void leaves(List<DmaFence> into) {
        into.add(this);
    }

    // ---- drm_sched

    void setSchedFence(DrmSchedFence fence) {
        schedFence = fence;
    }

    /// `to_drm_sched_fence`.
    @Nullable DrmSchedFence schedFence() {
        return schedFence;
    }

    KernelContext kernel() {
        return kernel;
    }

    /// The fence before a chain node, or null.
    public final @Nullable DmaFence prev() {
        return prev;
    }

    /// The fence before this chain node is another one now; it takes over the reference.
    void setPrev(@Nullable DmaFence newPrev) {
        prev = newPrev;
        kernel.sim().emit(track, event(FenceStep.RELINK, null, null, newPrev));
    }

    /// The tracepoint fires once, and only for fences whose operations have `enable_signaling`.
    private boolean enableSignaling() {
        if (!signalingEnabled) {
            signalingEnabled = true;
            if (hasEnableSignaling()) {
                emit(FenceStep.ENABLE_SIGNAL, null, null);
                trace(Tracepoint.DMA_FENCE_ENABLE_SIGNAL);
                if (!enableSignalingByOps()) {
                    signal();
                    return false;
                }
            }
        }
        return !signaled;
    }

    private void trace(Tracepoint step) {
        kernel.tracepoints().dmaFence(step, driver, timeline, context, seqno, signaled);
    }

    private void emit(FenceStep step, @Nullable Integer errno, @Nullable String where) {
        kernel.sim().emit(track, event(step, errno, where, null));
    }

    private Fence event(
            FenceStep step,
            @Nullable Integer errno,
            @Nullable String where,
            @Nullable DmaFence prev) {
        return new Fence(
                step,
                kind,
                context,
                seqno,
                driver,
                timeline,
                errno,
                job,
                where,
                step == FenceStep.INIT ? wraps : null,
                prev == null ? null : prev.objectId());
    }
}
