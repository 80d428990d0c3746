package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.FenceEvent.Syncobj;
import org.panscope.trace.event.FenceEvent.SyncobjStep;

import java.util.ArrayList;
import java.util.List;

/// A binary `drm_syncobj`: a handle of a file that holds a fence, or none yet.
///
/// Simplified: no timeline points and no sharing between files.
///
/// kernel: drivers/gpu/drm/drm_syncobj.c
public final class DrmSyncobj {
    private final KernelContext kernel;
    private final int fileId;
    private final int track;
    private final List<Runnable> watchers = new ArrayList<>();
    private int handle;
    private @Nullable DmaFence fence;

    public DrmSyncobj(KernelContext kernel, int fileId) {
        this.kernel = kernel;
        this.fileId = fileId;
        track = TrackNames.syncobjs(kernel.sim());
    }

    /// Gives it its handle; tells of its creation.
    public void created(int newHandle) {
        handle = newHandle;
        emit(SyncobjStep.CREATE, null, null);
    }

    public int handle() {
        return handle;
    }

    public int fileId() {
        return fileId;
    }

    public @Nullable DmaFence fence() {
        return fence;
    }

    /// Name of it in events: `syncobj:FILE.HANDLE`.
    public String objectId() {
        return "syncobj:" + fileId + "." + handle;
    }

    /// `drm_syncobj_replace_fence`: waiters of the old fence keep waiting for that one.
    public void replaceFence(@Nullable DmaFence newFence, SyncobjStep step) {
        DmaFence old = fence;
        fence = newFence == null ? null : newFence.get();
        emit(step, newFence, null);
        if (newFence != null && step == SyncobjStep.REPLACE_FENCE) {
            newFence.published(objectId());
        }
        if (old != null) {
            old.put();
        }
        new ArrayList<>(watchers).forEach(Runnable::run);
    }

    /// A job will wait for what it holds now.
    public void dependencyTaken(DmaFence dependency, long job) {
        emit(SyncobjStep.WAIT_DEP, dependency, job);
    }

    /// The handle is gone; submitted waits are not affected.
    public void destroyed() {
        emit(SyncobjStep.DESTROY, null, null);
        DmaFence old = fence;
        fence = null;
        if (old != null) {
            old.put();
        }
        new ArrayList<>(watchers).forEach(Runnable::run);
    }

    /// Lets `watcher` run whenever the fence is replaced.
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }

    private void emit(SyncobjStep step, @Nullable DmaFence concerned, @Nullable Long job) {
        kernel.sim()
                .emit(
                        track,
                        new Syncobj(
                                step,
                                fileId,
                                handle,
                                null,
                                concerned == null ? null : concerned.objectId(),
                                job));
    }
}
