package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.LiveObject;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmSchedJob;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.SchedEvent.JobStep;

/// A `panthor_job`: a command stream that a queue is to call. One of no bytes only orders fences.
///
/// kernel: panthor_sched.c, struct panthor_job
public final class PanthorJob extends DrmSchedJob implements LiveObject {
    /// What is called.
    ///
    /// @param start GPU address
    /// @param bytes length, 0 for an empty job
    /// @param latestFlush flush id the caller has seen
    public record Call(long start, long bytes, int latestFlush) {}

    private static final long UNWRITTEN = -1;

    private final KernelContext kernel;
    private final Group group;
    private final Queue queue;
    private final Call call;
    private final int profilingMask;
    private int profilingSlot;
    private @Nullable DmaFence doneFence;
    private final long insert;
    private long ringStart = UNWRITTEN;
    private long ringEnd = UNWRITTEN;
    private JobStep step = JobStep.CREATED;

    PanthorJob(Scheduler sched, Group group, Queue queue, Call call) {
        super(
                sched.kernel().nextJob(),
                queue.scheduler().entity(),
                JobInstructions.credits(sched.kernel().driver(), sched.profiling().mask()));
        this.kernel = sched.kernel();
        profilingMask = sched.profiling().mask();
        this.group = group.get();
        this.queue = queue;
        this.call = call;
        insert = queue.insert();
        kernel.born(this);
        trace(JobStep.CREATED, null, 0);
    }

    public Group group() {
        return group;
    }

    public Queue queue() {
        return queue;
    }

    public Call call() {
        return call;
    }

    /// INSERT of the queue when the job was made.
    long insert() {
        return insert;
    }

    /// Signals when the GPU has run it.
    public @Nullable DmaFence doneFence() {
        return doneFence;
    }

    /// The done fence of a job that is in flight.
    DmaFence requireDoneFence() {
        DmaFence done = doneFence;
        if (done == null) {
            throw new IllegalStateException("job=" + id() + " is in flight without a fence");
        }
        return done;
    }

    /// What it stores of itself, bits of [Profiling].
    int profilingMask() {
        return profilingMask;
    }

    /// Which of the queue's profiling slots is its.
    int profilingSlot() {
        return profilingSlot;
    }

    public long ringStart() {
        return ringStart;
    }

    public long ringEnd() {
        return ringEnd;
    }

    /// Whether its call is in the ring.
    public boolean isWritten() {
        return ringStart != UNWRITTEN;
    }

    /// The last step it took.
    public JobStep step() {
        return step;
    }

    @Override
    public long drmClientId() {
        return group.fileId();
    }

    @Override
    public String objectId() {
        return "job:" + id();
    }

    void written(long start, long end, DmaFence done, int slot) {
        profilingSlot = slot;
        ringStart = start;
        ringEnd = end;
        doneFence = done;
        trace(JobStep.WRITTEN, done.objectId(), 0);
    }

    void released() {
        DmaFence fence = doneFence;
        if (fence != null) {
            fence.put();
        }
        group.put();
    }

    @Override
    public void trace(JobStep next, @Nullable String fence, int error) {
        boolean known = isWritten();
        step = next;
        if (next == JobStep.FREED) {
            kernel.gone(this);
        }
        kernel.sim()
                .emit(
                        group.queueTrack(queue.index()),
                        new Job(
                                id(),
                                group.gid(),
                                queue.index(),
                                next,
                                call.start(),
                                call.bytes(),
                                known ? (Long) ringStart : null,
                                known ? (Long) ringEnd : null,
                                credits(),
                                isArmed() ? finished().objectId() : null,
                                fence,
                                error));
    }
}
