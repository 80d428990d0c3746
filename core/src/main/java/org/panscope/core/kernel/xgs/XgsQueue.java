package org.panscope.core.kernel.xgs;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.LiveObject;
import org.panscope.core.kernel.base.WorkItem;
import org.panscope.core.kernel.base.Workqueue;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmScheduler;
import org.panscope.core.kernel.drm.JobTimer;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.sim.SimLock;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.KernelEvent.WarnKind;
import org.panscope.trace.event.SchedEvent.TimerStep;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.XgsEvent;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A `panthor_xgs_queue`: a drm_sched that runs one job at a time. The pool, every job, and a
/// caller that submits hold a reference.
///
/// RFC patch 6/8: panthor_xgs.c, struct panthor_xgs_queue
public final class XgsQueue implements LiveObject {
    private static final long NS_PER_MS = 1_000_000;
    private static final int CREDIT_LIMIT = 1;

    private final XgsDevice device;
    private final KernelContext kernel;
    private final XgsOwner owner;
    private final long id;
    private final SimLock lock;
    private final WorkItem releaseWork;
    private final List<XgsJob> inFlight = new ArrayList<>();
    private final XgsEvaluator evaluator;
    private @Nullable EventFdContext eventfd;
    private @Nullable GpuVm vm;
    private @Nullable DrmScheduler scheduler;
    private Runnable cascade = () -> {};
    private long fenceContext;
    private long lastSeqno;
    private int handle;
    private int references = 1;
    private int errorState;
    private boolean hasErrorPointer;
    private boolean destroyed;
    private boolean released;

    XgsQueue(XgsDevice device, XgsOwner owner) {
        this.device = device;
        this.owner = owner;
        kernel = device.kernel();
        id = kernel.nextXgsQueue();
        lock = new SimLock(kernel.sim(), "xgs" + id);
        evaluator = new XgsEvaluator(device, this);
        releaseWork =
                device.sched()
                        .cleanupQueue()
                        .item("xgs_queue_release_work", null, this::releaseWork);
    }

    // ---- creation -------------------------------------------------------------------------------

    void setEventfd(EventFdContext context) {
        eventfd = context;
    }

    /// `eventfd_ctx_fdget` failed: its error pointer stands where the eventfd should.
    void setErrorPointer() {
        hasErrorPointer = true;
    }

    void setVm(GpuVm space) {
        vm = space.get();
    }

    /// `drm_sched_init` with an ordered workqueue of its own, `drm_sched_entity_init`.
    void createScheduler() {
        scheduler =
                new DrmScheduler(
                        kernel,
                        "panthor_xgs",
                        new XgsBackend(kernel, this, evaluator),
                        CREDIT_LIMIT,
                        null,
                        new Workqueue(kernel, "panthor_xgs", 1),
                        new JobTimer(
                                kernel,
                                new TimerReport(),
                                kernel.driver().limits().xgsTimeoutMs() * NS_PER_MS,
                                device.systemQueue(),
                                null));
        fenceContext = kernel.allocateFenceContexts(1);
    }

    /// It has its handle.
    ///
    /// @param onSignal what a mended driver does after a SIGNAL
    void published(int newHandle, Runnable onSignal) {
        handle = newHandle;
        cascade = onSignal;
        kernel.born(this);
        if (eventfd != null) {
            eventfd.setOwner(objectId());
        }
        tell(XgsQueueStep.CREATE, null);
    }

    // ---- what it is -----------------------------------------------------------------------------

    @Override
    public String objectId() {
        return "xgs-queue:" + id;
    }

    public long id() {
        return id;
    }

    public int handle() {
        return handle;
    }

    public int fileId() {
        return owner.fileId();
    }

    public GpuVm vm() {
        GpuVm space = vm;
        if (space == null) {
            throw new IllegalStateException(objectId() + " has no VM yet");
        }
        return space;
    }

    public @Nullable EventFdContext eventfd() {
        return eventfd;
    }

    public DrmScheduler scheduler() {
        DrmScheduler sched = scheduler;
        if (sched == null) {
            throw new IllegalStateException(objectId() + " has no scheduler yet");
        }
        return sched;
    }

    /// Serialises the evaluation of its jobs.
    public SimLock lock() {
        return lock;
    }

    /// Jobs whose WAIT is not satisfied; one at most.
    public List<XgsJob> inFlight() {
        return inFlight;
    }

    /// Written by a destruction, read by nobody.
    public boolean isDestroyed() {
        return destroyed;
    }

    public boolean isReleased() {
        return released;
    }

    /// 0, or the error a mended driver's queue is in.
    public int errorState() {
        return errorState;
    }

    void setErrorState(int error) {
        if (error != errorState) {
            errorState = error;
            tell(XgsQueueStep.ERROR_STATE, error);
        }
    }

    /// Lane of its events.
    int track() {
        return TrackNames.xgsQueue(kernel.sim(), owner.process(), handle);
    }

    DmaFence newDoneFence(long job) {
        return new DmaFence(
                kernel, FenceKind.XGS_DONE, "panthor", "xgs-fence", fenceContext, ++lastSeqno, job);
    }

    void cascade() {
        cascade.run();
    }

    // ---- jobs -----------------------------------------------------------------------------------

    /// `panthor_xgs_job_create`.
    ///
    /// @param structs operations, as [org.panscope.core.uapi.XgsOp] lays them out
    public XgsJob createJob(List<ByteBuffer> structs, int submitFlags) {
        return new XgsJob(kernel, this, structs, submitFlags);
    }

    /// `xgs_queue_recheck`: whatever a job fails with, its fence says -ETIMEDOUT.
    void recheck() {
        lock.lock();
        if (released) {
            kernel.warn("xgs_queue_recheck", "use of freed " + objectId());
        }
        for (XgsJob job : List.copyOf(inFlight)) {
            int result = evaluator.tryRun(job);
            if (result != Errno.EBUSY) {
                inFlight.remove(job);
                job.tell(result == 0 ? XgsJobStep.COMPLETED : XgsJobStep.ERROR, result);
                if (result != 0) {
                    boolean isMended = kernel.driver().fixes().xgsErrorState();
                    job.setError(isMended ? result : Errno.ETIMEDOUT);
                }
                job.signal();
                job.putInFlight();
            }
        }
        lock.unlock();
    }

    /// `panthor_xgs_queue_destroy`, once the handle is gone. Jobs in the entity go on.
    void destroy() {
        destroyed = true;
        tell(XgsQueueStep.DESTROY, null);
        lock.lock();
        List<XgsJob> faulty = List.copyOf(inFlight);
        for (XgsJob job : faulty) {
            inFlight.remove(job);
            job.tell(XgsJobStep.CANCELLED, Errno.ECANCELED);
            job.setError(Errno.ECANCELED);
            job.signal();
        }
        lock.unlock();
        faulty.forEach(XgsJob::putInFlight);
        put();
    }

    // ---- references -----------------------------------------------------------------------------

    /// `xgs_queue_get`.
    XgsQueue get() {
        if (references == 0) {
            kernel.warn("refcount_warn_saturate", "refcount_t: addition on 0; use-after-free.");
        }
        references++;
        return this;
    }

    /// `panthor_xgs_queue_put`.
    public void put() {
        references--;
        if (references == 0) {
            release();
        }
    }

    private void release() {
        if (!inFlight.isEmpty()) {
            kernel.warn("xgs_queue_release", objectId() + " has jobs in flight");
        }
        releaseWork.queue();
    }

    /// `xgs_queue_release_work`. Also runs for a queue that was never published.
    private void releaseWork() {
        if (released) {
            oops("kfree of " + objectId() + ", which was freed before");
            return;
        }
        if (scheduler != null) {
            scheduler.destroy();
        }
        if (vm != null) {
            vm.put();
        }
        if (hasErrorPointer) {
            oops("eventfd_ctx_put of an error pointer");
        }
        released = true;
        if (handle != 0) {
            kernel.gone(this);
            tell(XgsQueueStep.RELEASE, null);
        }
    }

    // ---- events ---------------------------------------------------------------------------------

    private void oops(String text) {
        kernel.sim()
                .emit(
                        kernel.kernelTrack(),
                        new KernelEvent.Warn(WarnKind.OOPS, "xgs_queue_release_work", text));
    }

    private void tell(XgsQueueStep step, @Nullable Integer error) {
        kernel.sim()
                .emit(
                        track(),
                        new XgsEvent.XgsQueue(
                                step,
                                id,
                                handle,
                                owner.fileId(),
                                vm().id(),
                                eventfd != null,
                                inFlight.size(),
                                scheduler().entity().queued().size(),
                                error));
    }

    private final class TimerReport implements JobTimer.Report {
        @Override
        public int track() {
            return XgsQueue.this.track();
        }

        @Override
        public TraceEvent event(TimerStep step, @Nullable Long remainingNs) {
            return new XgsEvent.XgsTimer(id, step, remainingNs);
        }
    }
}
