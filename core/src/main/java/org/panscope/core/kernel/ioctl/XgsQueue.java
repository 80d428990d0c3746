package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.LiveObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.XgsEvent;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;

/// A `panthor_xgs_queue`. Submission to it is not modelled, so it never has a job.
///
/// RFC patch 6/8: panthor_xgs.c
public final class XgsQueue implements LiveObject {
    private final KernelContext kernel;
    private final PanthorFile file;
    private final GpuVm vm;
    private final @Nullable EventFdContext eventfd;
    private final long id;
    private int handle;
    private boolean destroyed;

    XgsQueue(KernelContext kernel, PanthorFile file, GpuVm vm, @Nullable EventFdContext eventfd) {
        this.kernel = kernel;
        this.file = file;
        this.vm = vm.get();
        this.eventfd = eventfd;
        id = kernel.nextXgsQueue();
    }

    public long id() {
        return id;
    }

    public int handle() {
        return handle;
    }

    public GpuVm vm() {
        return vm;
    }

    public @Nullable EventFdContext eventfd() {
        return eventfd;
    }

    public int fileId() {
        return file.fileId();
    }

    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String objectId() {
        return "xgs-queue:" + id;
    }

    void created(int newHandle) {
        handle = newHandle;
        kernel.born(this);
        if (eventfd != null) {
            eventfd.setOwner("xgs-queue:" + id);
        }
        tell(XgsQueueStep.CREATE);
    }

    void destroy() {
        destroyed = true;
        tell(XgsQueueStep.DESTROY);
        vm.put();
        kernel.gone(this);
        tell(XgsQueueStep.RELEASE);
    }

    private void tell(XgsQueueStep step) {
        kernel.sim()
                .emit(
                        TrackNames.xgsQueue(kernel.sim(), file.process(), handle),
                        new XgsEvent.XgsQueue(
                                step, id, handle, file.fileId(), vm.id(), eventfd != null, 0, 0));
    }
}
