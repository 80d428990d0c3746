package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.Syncobj;
import org.panscope.trace.event.FenceEvent.SyncobjState;
import org.panscope.trace.event.FenceEvent.SyncobjStep;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// A `drm_syncobj`: holds a fence, or the head of a timeline, or nothing yet. Handles of files,
/// descriptors and whoever works with it hold references; files that imported it share it.
///
/// kernel: drivers/gpu/drm/drm_syncobj.c
public final class DrmSyncobj {
    /// How long a look-up that may wait for a fence to appear does so.
    private static final long WAIT_FOR_SUBMIT_NS = 5_000_000_000L;

    /// A handle of it.
    ///
    /// @param fileId DRM file
    /// @param handle its number there
    public record Handle(int fileId, int handle) {
        @Override
        public String toString() {
            return fileId + "." + handle;
        }

        /// Name of it in events: `syncobj:FILE.HANDLE`.
        public String objectId() {
            return "syncobj:" + this;
        }
    }

    /// What a look-up found.
    ///
    /// @param errno 0, -EINVAL when there is no such fence, or -ETIME when none came
    /// @param fence with a reference, for errno 0
    public record Found(int errno, @Nullable DmaFence fence) {}

    private final KernelContext kernel;
    private final long id;
    private final int track;
    private final List<Handle> handles = new ArrayList<>();
    private final List<SyncobjWaiter> waiters = new ArrayList<>();
    private final List<SyncobjEventfd> eventfds = new ArrayList<>();
    private final List<SyncobjWait.Entry> waits = new ArrayList<>();
    private final List<DmaFence> observed = new ArrayList<>();
    private final Runnable observer = this::fenceSignaled;
    private @Nullable DmaFence fence;
    private SyncobjState state = SyncobjState.EMPTY;
    private @Nullable Long signaledPoint;
    private int references = 1;

    /// `drm_syncobj_create`; the caller holds the first reference.
    public DrmSyncobj(KernelContext kernel) {
        this.kernel = kernel;
        id = kernel.nextSyncobj();
        track = TrackNames.syncobjs(kernel.sim());
    }

    /// Identity, never reused.
    public long id() {
        return id;
    }

    /// What it holds: a plain fence, the head of a chain, or null.
    public @Nullable DmaFence fence() {
        return fence;
    }

    public SyncobjState state() {
        return state;
    }

    /// Seqno of the head of a timeline, or null.
    public @Nullable Long point() {
        return fence instanceof DmaFenceChain head ? (Long) head.seqno() : null;
    }

    /// Last point of a timeline that was seen to have signalled, or null.
    public @Nullable Long signaledPoint() {
        return signaledPoint;
    }

    /// All its handles, by age.
    public List<Handle> handles() {
        return List.copyOf(handles);
    }

    /// Waits of threads that go on.
    public List<SyncobjWait.Entry> waits() {
        return List.copyOf(waits);
    }

    public DrmSyncobj get() {
        references++;
        return this;
    }

    /// `drm_syncobj_put`.
    public void put() {
        references--;
        if (references < 0) {
            throw new IllegalStateException("syncobj=" + id + " references=" + references);
        }
        if (references == 0) {
            eventfds.clear();
            DmaFence old = hold(null);
            if (old != null) {
                old.put();
            }
        }
    }

    // ---- handles

    /// `drm_syncobj_get_handle`: the handle holds a reference.
    public void handleAdded(Handle handle, SyncobjStep step) {
        get();
        handles.add(handle);
        tell(step, handle, point(), fence, null);
    }

    /// The handle is gone; submitted waits are not affected.
    public void handleRemoved(Handle handle) {
        handles.remove(handle);
        tell(SyncobjStep.DESTROY, handle, null, null, null);
        put();
    }

    /// A descriptor was made of it.
    public void exported(Handle via) {
        tell(SyncobjStep.EXPORT, via, null, null, null);
    }

    // ---- contents

    /// `drm_syncobj_replace_fence`: waiters of the old fence keep waiting for that one.
    ///
    /// @param via handle it is done through
    public void replaceFence(@Nullable DmaFence newFence, SyncobjStep step, Handle via) {
        DmaFence old = hold(newFence == null ? null : newFence.get());
        tell(step, via, point(), newFence, null);
        if (newFence != null && step != SyncobjStep.SIGNAL) {
            newFence.published(via.objectId());
        }
        if (newFence != old) {
            changed();
        }
        if (old != null) {
            old.put();
        }
    }

    /// `drm_syncobj_assign_null_handle`.
    public void assignStub(SyncobjStep step, Handle via) {
        DmaFence stub = DmaFence.stub(kernel);
        replaceFence(stub, step, via);
        stub.put();
    }

    /// `drm_syncobj_add_point`. A point at or before the head is accepted; it begins a new context.
    public void addPoint(DmaFence added, long point, Handle via) {
        DmaFence prev = fence;
        DmaFenceChain head =
                DmaFenceChain.init(kernel, prev == null ? null : prev.get(), added.get(), point);
        DmaFence before = hold(head);
        tell(SyncobjStep.ADD_POINT, via, head.seqno(), head, null);
        if (added.kind() != FenceKind.STUB) {
            added.published(via.objectId() + " point " + head.seqno());
        }
        changed();
        DmaFenceChain.collectGarbage(prev);
        if (before != null) {
            before.put();
        }
    }

    /// Part of DRM_IOCTL_SYNCOBJ_TRANSFER: what has not signalled of `copied` becomes a point
    /// (`dma_fence_unwrap_merge`).
    public void addUnwrapped(DmaFence copied, long point, Handle via) {
        DmaFence merged = DmaFenceArray.unwrap(kernel, copied);
        addPoint(merged, point, via);
        merged.put();
    }

    /// DRM_IOCTL_SYNCOBJ_QUERY: the last point that has signalled, or that was submitted; 0 without
    /// a timeline. Drops links that have signalled.
    public long query(boolean lastSubmitted) {
        if (!(fence instanceof DmaFenceChain head)) {
            return 0;
        }
        if (lastSubmitted) {
            return head.seqno();
        }
        DmaFenceChain.collectGarbage(head);
        return head.signaledPoint();
    }

    // ---- look-ups

    /// `drm_syncobj_find_fence` without waiting.
    public Found findFence(long point) {
        DmaFence head = fence;
        if (head == null) {
            return new Found(Errno.EINVAL, null);
        }
        DmaFenceChain.Found found = DmaFenceChain.findSeqno(head.get(), point);
        if (found.errno() != 0) {
            return new Found(found.errno(), null);
        }
        DmaFence there = found.fence();
        return new Found(0, there == null ? DmaFence.stub(kernel) : there);
    }

    /// `drm_syncobj_find_fence` with DRM_SYNCOBJ_WAIT_FLAGS_WAIT_FOR_SUBMIT: blocks until there is
    /// a fence, or for five seconds.
    public Found awaitFence(long point) {
        Found found = findFence(point);
        if (found.errno() == 0) {
            return found;
        }
        WaitQueue wake = new WaitQueue(kernel.sim());
        SyncobjWaiter waiter = new SyncobjWaiter(point, wake::wakeAll);
        addWaiter(waiter);
        wake.await(() -> waiter.fence() != null, WAIT_FOR_SUBMIT_NS);
        removeWaiter(waiter);
        DmaFence there = waiter.fence();
        return there == null ? new Found(Errno.ETIME, null) : new Found(0, there);
    }

    /// `drm_syncobj_fence_add_wait`.
    void addWaiter(SyncobjWaiter waiter) {
        if (waiter.fence() == null && !adopt(waiter)) {
            waiters.add(waiter);
        }
    }

    void removeWaiter(SyncobjWaiter waiter) {
        waiters.remove(waiter);
    }

    /// `drm_syncobj_add_eventfd`.
    public void addEventfd(SyncobjEventfd eventfd) {
        eventfds.add(eventfd);
        if (eventfd.look(this)) {
            eventfds.remove(eventfd);
        }
    }

    /// A job will wait for what it holds now.
    public void dependencyTaken(DmaFence dependency, long job, long point, Handle via) {
        tell(SyncobjStep.WAIT_DEP, via, point == 0 ? null : (Long) point, dependency, job);
    }

    void waitBegins(SyncobjWait.Entry wait) {
        waits.add(wait);
    }

    void waitEnds(SyncobjWait.Entry wait) {
        waits.remove(wait);
    }

    int track() {
        return track;
    }

    /// `syncobj_wait_syncobj_func`.
    private boolean adopt(SyncobjWaiter waiter) {
        Found found = findFence(waiter.point());
        DmaFence there = found.fence();
        if (there != null) {
            waiter.found(there);
        }
        return there != null;
    }

    /// Its fence is another one: whoever waits for one may have it now.
    private void changed() {
        for (SyncobjWaiter waiter : List.copyOf(waiters)) {
            if (adopt(waiter)) {
                waiters.remove(waiter);
            }
        }
        for (SyncobjEventfd eventfd : List.copyOf(eventfds)) {
            if (eventfd.look(this)) {
                eventfds.remove(eventfd);
            }
        }
    }

    // ---- what is told of it

    /// Takes over the reference.
    ///
    /// @return what it held, with the reference
    private @Nullable DmaFence hold(@Nullable DmaFence newFence) {
        DmaFence old = fence;
        observed.forEach(seen -> seen.unobserve(observer));
        observed.clear();
        fence = newFence;
        if (newFence != null) {
            newFence.leaves(observed);
            observed.removeIf(DmaFence::hasSignaledFlag);
            observed.forEach(seen -> seen.observe(observer));
        }
        look();
        return old;
    }

    private void look() {
        DmaFence held = fence;
        signaledPoint = held instanceof DmaFenceChain head ? (Long) head.signaledPoint() : null;
        if (held == null) {
            state = SyncobjState.EMPTY;
        } else if (held instanceof DmaFenceChain) {
            state = SyncobjState.TIMELINE;
        } else {
            state =
                    held.wouldBeSignaled()
                            ? SyncobjState.BINARY_SIGNALED
                            : SyncobjState.BINARY_PENDING;
        }
    }

    private void fenceSignaled() {
        SyncobjState stateBefore = state;
        Long pointBefore = signaledPoint;
        look();
        boolean same = stateBefore == state && Objects.equals(pointBefore, signaledPoint);
        if (!same && !handles.isEmpty()) {
            tell(SyncobjStep.SIGNALED, handles.getFirst(), point(), fence, null);
        }
    }

    private void tell(
            SyncobjStep step,
            Handle via,
            @Nullable Long point,
            @Nullable DmaFence concerned,
            @Nullable Long job) {
        boolean isTheOne = handles.size() == 1 && handles.getFirst().equals(via);
        kernel.sim()
                .emit(
                        track,
                        new Syncobj(
                                step,
                                via.fileId(),
                                via.handle(),
                                point,
                                concerned == null ? null : concerned.objectId(),
                                job,
                                id,
                                isTheOne
                                        ? null
                                        : handles.stream()
                                                .map(Handle::toString)
                                                .collect(Collectors.joining(" ")),
                                state,
                                signaledPoint));
    }
}
