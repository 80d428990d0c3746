package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwLayout.UserIo;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmScheduler;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.syncobj.PanthorSyncobj;
import org.panscope.trace.event.FenceEvent.FenceKind;

import java.util.ArrayList;
import java.util.List;

/// A `panthor_queue`: a ring buffer, its user I/O pages, and the drm_sched that feeds it. A
/// user-submit queue has the drm_sched too, which never gets a job.
///
/// kernel: panthor_sched.c, struct panthor_queue
public final class Queue {
    /// Doorbell id of a queue whose group is off slot: -1 in a u8.
    public static final int NO_DOORBELL = 255;

    /// Bytes of a profiling slot: cycles before and after, timestamps before and after.
    static final int PROFILING_SLOT_BYTES = 32;

    /// What a queue blocked on a sync object waits for.
    ///
    /// @param va GPU address
    /// @param ref compared with the object's value
    /// @param gt true: until greater, false: until less or equal
    /// @param is64 width of the object
    public record SyncWait(long va, long ref, boolean gt, boolean is64) {}

    private final int index;
    private final int priority;
    private final GemObject ring;
    private final long ringVa;
    private final GemObject userIo;
    private final long inputVa;
    private final long fenceContext;
    private final List<PanthorJob> inFlight = new ArrayList<>();
    private @Nullable DrmScheduler scheduler;
    private @Nullable DmaFence lastFence;
    private @Nullable SyncWait syncWait;
    private @Nullable PanthorSyncobj syncWaitObject;
    private int doorbellId = NO_DOORBELL;
    private long lastSeqno;
    private @Nullable Long ringOffset;
    private @Nullable Long userIoOffset;
    private @Nullable QueueTimeout timeout;
    private @Nullable GemObject profilingSlots;
    private long profilingVa;
    private int profilingSlotCount;
    private int nextProfilingSlot;

    Queue(
            int index,
            int priority,
            GemObject ring,
            long ringVa,
            GemObject userIo,
            long inputVa,
            long fenceContext) {
        this.index = index;
        this.priority = priority;
        this.ring = ring;
        this.ringVa = ringVa;
        this.userIo = userIo;
        this.inputVa = inputVa;
        this.fenceContext = fenceContext;
    }

    public int index() {
        return index;
    }

    public int mask() {
        return 1 << index;
    }

    public int priority() {
        return priority;
    }

    public GemObject ring() {
        return ring;
    }

    public long ringVa() {
        return ringVa;
    }

    public long ringBytes() {
        return ring.sizeBytes();
    }

    public GemObject userIo() {
        return userIo;
    }

    /// MCU address of the input page.
    public long inputVa() {
        return inputVa;
    }

    /// MCU address of the output page.
    public long outputVa() {
        return inputVa + UserIo.OUTPUT_PAGE;
    }

    public long insert() {
        return userIo.buffer().read64(UserIo.INSERT);
    }

    public long extract() {
        return userIo.buffer().read64(UserIo.EXTRACT);
    }

    void setInsert(long value) {
        userIo.buffer().write64(UserIo.INSERT, value);
    }

    void setExtractInit(long value) {
        userIo.buffer().write64(UserIo.EXTRACT_INIT, value);
    }

    /// Slot + 1, or [#NO_DOORBELL].
    public int doorbellId() {
        return doorbellId;
    }

    void setDoorbellId(int id) {
        doorbellId = id;
    }

    /// Context of the done fences.
    public long fenceContext() {
        return fenceContext;
    }

    /// Sequence number of the last done fence.
    public long lastSeqno() {
        return lastSeqno;
    }

    DmaFence newDoneFence(KernelContext kernel, FenceKind kind, long job) {
        lastSeqno++;
        return new DmaFence(kernel, kind, "panthor", "queue-fence", fenceContext, lastSeqno, job);
    }

    public @Nullable DmaFence lastFence() {
        return lastFence;
    }

    void setLastFence(@Nullable DmaFence fence) {
        DmaFence old = lastFence;
        lastFence = fence == null ? null : fence.get();
        if (old != null) {
            old.put();
        }
    }

    /// Jobs in the ring whose done fence has not signalled, in order.
    public List<PanthorJob> inFlight() {
        return inFlight;
    }

    public DrmScheduler scheduler() {
        DrmScheduler sched = scheduler;
        if (sched == null) {
            throw new IllegalStateException("queue=" + index + " has no scheduler yet");
        }
        return sched;
    }

    void setScheduler(DrmScheduler sched) {
        scheduler = sched;
    }

    /// What limits the time of its jobs.
    public QueueTimeout timeout() {
        QueueTimeout limit = timeout;
        if (limit == null) {
            throw new IllegalStateException("queue=" + index + " has no timeout yet");
        }
        return limit;
    }

    void setTimeout(QueueTimeout limit) {
        timeout = limit;
    }

    /// `queue_stop`: nothing of it is run any more.
    void stop() {
        timeout().stop();
        scheduler().stop();
    }

    /// `queue_start`.
    void start() {
        timeout().start();
        scheduler().start();
    }

    /// Where its jobs store when they ran; absent in v6.11.
    public @Nullable GemObject profilingSlots() {
        return profilingSlots;
    }

    long profilingVa() {
        return profilingVa;
    }

    void setProfilingSlots(GemObject bo, long va, int slots) {
        profilingSlots = bo;
        profilingVa = va;
        profilingSlotCount = slots;
    }

    /// The slots are used one after the other, round and round.
    int takeProfilingSlot() {
        int slot = nextProfilingSlot;
        nextProfilingSlot = profilingSlotCount == 0 ? 0 : (slot + 1) % profilingSlotCount;
        return slot;
    }

    /// What it waits for, when it is blocked.
    public @Nullable SyncWait syncWait() {
        return syncWait;
    }

    void setSyncWait(@Nullable SyncWait wait) {
        syncWait = wait;
    }

    /// The mapped object that its wait was last compared with. It is kept while the wait is not
    /// satisfied, also when the queue waits for something else by then.
    @Nullable PanthorSyncobj syncWaitObject() {
        return syncWaitObject;
    }

    void setSyncWaitObject(PanthorSyncobj object) {
        syncWaitObject = object;
    }

    void releaseSyncWaitObject() {
        PanthorSyncobj object = syncWaitObject;
        syncWaitObject = null;
        if (object != null) {
            object.release();
        }
    }

    /// File offset for mmap; absent for a kernel-submit queue.
    public @Nullable Long ringOffset() {
        return ringOffset;
    }

    public @Nullable Long userIoOffset() {
        return userIoOffset;
    }

    void setOffsets(long ringAt, long userIoAt) {
        ringOffset = ringAt;
        userIoOffset = userIoAt;
    }
}
