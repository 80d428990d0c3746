package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.LiveObject;
import org.panscope.core.kernel.base.WorkItem;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.GroupMasks;
import org.panscope.trace.event.SchedEvent.GroupRef;
import org.panscope.trace.event.SchedEvent.GroupState;
import org.panscope.trace.event.SchedEvent.GroupStateName;

import java.util.ArrayList;
import java.util.List;

/// A `panthor_group`: queues that are put on a CSG slot together. Guarded by the scheduler's lock.
///
/// kernel: panthor_sched.c, struct panthor_group
public final class Group implements LiveObject {
    public static final int NO_SLOT = -1;

    /// Bytes of a queue's kernel sync object.
    public static final int SYNCOBJ_BYTES = 16;

    private final KernelContext kernel;
    private final long gid;
    private final GroupSpec spec;
    private final List<Queue> queues = new ArrayList<>();
    private @Nullable GemObject suspendBuffer;
    private @Nullable GemObject protmSuspendBuffer;
    private @Nullable GemObject syncobjs;
    private long suspendBufferVa;
    private long protmSuspendBufferVa;
    private long syncobjsVa;
    private @Nullable WorkItem syncUpdWork;
    private @Nullable WorkItem termWork;
    private @Nullable WorkItem releaseWork;
    private @Nullable WorkItem tilerOomWork;
    private int handle;
    private int references = 1;
    private GroupStateName state = GroupStateName.CREATED;
    private int csgId = NO_SLOT;
    private int idleQueues;
    private int blockedQueues;
    private int fatalQueues;
    private int tilerOom;
    private boolean timedOut;
    private boolean innocent;
    private final GroupUsage usage = new GroupUsage();
    private final int pid;
    private boolean destroyed;
    private final ListHead runNode;
    private final ListHead waitNode;
    private GroupListName runList = GroupListName.NONE;
    private boolean freed;
    private boolean hasVm;
    private int badEventfd;
    private int track;

    Group(KernelContext kernel, GroupSpec spec) {
        this.kernel = kernel;
        this.spec = spec;
        gid = kernel.nextGroup();
        runNode = ListHead.node(this);
        waitNode = ListHead.node(this);
        pid = kernel.sim().current().leader();
        track = TrackNames.process(kernel.sim(), spec.file().comm());
    }

    // ---- identity -------------------------------------------------------------------------------

    /// Identity, never reused.
    public long gid() {
        return gid;
    }

    /// Handle in its file; 0 until it has been stored, which is after it can be looked up.
    public int handle() {
        return handle;
    }

    void setHandle(int newHandle) {
        handle = newHandle;
    }

    public GroupSpec spec() {
        return spec;
    }

    /// The process that created it, for messages.
    String task() {
        return "pid=" + pid + ", comm=" + spec.file().comm();
    }

    /// What its jobs used.
    public GroupUsage usage() {
        return usage;
    }

    public int fileId() {
        return spec.file().fileId();
    }

    public GpuVm vm() {
        return spec.vm();
    }

    public boolean isUserSubmit() {
        return spec.userSubmit();
    }

    public int priority() {
        return spec.priority();
    }

    public @Nullable EventFdContext eventfd() {
        return spec.eventfd();
    }

    /// Lane of its events.
    public int track() {
        return track;
    }

    /// Lane of one of its queues.
    public int queueTrack(int queue) {
        return handle == 0
                ? track
                : TrackNames.queue(kernel.sim(), spec.file().comm(), handle, queue);
    }

    void setTrack(int newTrack) {
        track = newTrack;
    }

    // ---- parts ----------------------------------------------------------------------------------

    public List<Queue> queues() {
        return queues;
    }

    public int allQueues() {
        return (1 << queues.size()) - 1;
    }

    public @Nullable GemObject syncobjs() {
        return syncobjs;
    }

    /// GPU address of a queue's kernel sync object; absent for a user-submit group.
    public @Nullable Long syncobjVa(int queue) {
        return syncobjs == null ? null : (Long) (syncobjsVa + (long) queue * SYNCOBJ_BYTES);
    }

    public long suspendBufferVa() {
        return suspendBufferVa;
    }

    public long protmSuspendBufferVa() {
        return protmSuspendBufferVa;
    }

    void setSuspendBuffers(GemObject normal, long normalVa, GemObject protm, long protmVa) {
        suspendBuffer = normal;
        suspendBufferVa = normalVa;
        protmSuspendBuffer = protm;
        protmSuspendBufferVa = protmVa;
    }

    void setSyncobjs(GemObject bo, long va) {
        syncobjs = bo;
        syncobjsVa = va;
    }

    /// Kernel objects it holds, to be given back.
    List<GemObject> buffers() {
        List<GemObject> all = new ArrayList<>();
        for (GemObject bo :
                new @Nullable GemObject[] {suspendBuffer, protmSuspendBuffer, syncobjs}) {
            if (bo != null) {
                all.add(bo);
            }
        }
        return all;
    }

    void setWorks(WorkItem syncUpd, WorkItem term, WorkItem release) {
        syncUpdWork = syncUpd;
        termWork = term;
        releaseWork = release;
    }

    void setTilerOomWork(WorkItem tilerOom) {
        tilerOomWork = tilerOom;
    }

    /// `group_queue_work(group, sync_upd)`: a queued work holds a reference.
    void queueSyncUpd() {
        queueWork(syncUpdWork);
    }

    void queueTerm() {
        queueWork(termWork);
    }

    /// A stream asks for heap memory.
    void queueTilerOom(int stream) {
        tilerOom |= 1 << stream;
        queueWork(tilerOomWork);
    }

    /// Streams that ask for heap memory, one bit each; asked once.
    int takeTilerOom() {
        int streams = tilerOom;
        tilerOom = 0;
        return streams;
    }

    /// Forgets who asks for heap memory. A work that was queued and never ran keeps the reference
    /// it holds, as in the driver: such a group is never released.
    void cancelTilerOom() {
        tilerOom = 0;
        if (tilerOomWork != null) {
            tilerOomWork.cancel();
        }
    }

    private void queueWork(@Nullable WorkItem work) {
        if (work != null && work.queue()) {
            get("group_queue_work");
        }
    }

    Group get() {
        return get("group_get");
    }

    /// `group_get`. A reference on a group that has none left comes too late.
    Group get(String site) {
        if (freed) {
            kernel.oops(site, "use after free of gid=" + gid);
        } else if (references == 0) {
            kernel.warn(site, "refcount_t: addition on 0; use-after-free, gid=" + gid);
        } else {
            references++;
            tellReferences(site);
        }
        return this;
    }

    void put() {
        put("group_put");
    }

    /// `group_put`: the last one lets the group be freed by a work.
    void put(String site) {
        if (freed) {
            kernel.oops(site, "use after free of gid=" + gid);
        } else if (references == 0) {
            kernel.warn(site, "refcount_t: underflow; use-after-free, gid=" + gid);
        } else {
            references--;
            tellReferences(site);
            if (references == 0 && releaseWork != null) {
                releaseWork.queue();
            }
        }
    }

    private void tellReferences(String site) {
        kernel.sim().emit(track, new GroupRef(gid, references, site));
    }

    /// Whether its memory was given back; whoever still finds it reads garbage.
    public boolean isFreed() {
        return freed;
    }

    void setFreed() {
        freed = true;
    }

    public int references() {
        return references;
    }

    // ---- state ----------------------------------------------------------------------------------

    public GroupStateName state() {
        return state;
    }

    void setState(GroupStateName newState, @Nullable Integer fwState) {
        GroupStateName old = state;
        state = newState;
        kernel.sim().emit(track, new GroupState(gid, old, newState, fwState));
    }

    /// Slot, or [#NO_SLOT].
    public int csgId() {
        return csgId;
    }

    void setSlot(int slot) {
        csgId = slot;
        int doorbell = slot == NO_SLOT ? Queue.NO_DOORBELL : slot + 1;
        queues.forEach(queue -> queue.setDoorbellId(doorbell));
    }

    @Override
    public String objectId() {
        return "group:" + gid;
    }

    public int idleQueues() {
        return idleQueues;
    }

    public int blockedQueues() {
        return blockedQueues;
    }

    public int fatalQueues() {
        return fatalQueues;
    }

    public boolean isTimedOut() {
        return timedOut;
    }

    /// Whether it was fit to run until its suspension failed.
    public boolean isInnocent() {
        return innocent;
    }

    void setInnocent() {
        innocent = true;
    }

    /// Whether every queue is idle or blocked, by the masks.
    boolean areAllInactive() {
        return Integer.bitCount(idleQueues | blockedQueues) == queues.size();
    }

    public boolean isDestroyed() {
        return destroyed;
    }

    void setDestroyed() {
        destroyed = true;
    }

    void setIdleAndBlocked(int idle, int blocked) {
        if (idle != idleQueues || blocked != blockedQueues) {
            idleQueues = idle;
            blockedQueues = blocked;
            emitMasks();
        }
    }

    void addFatal(int mask) {
        if ((fatalQueues & mask) != mask) {
            fatalQueues |= mask;
            emitMasks();
        }
    }

    void setTimedOut() {
        if (!timedOut) {
            timedOut = true;
            emitMasks();
        }
    }

    /// `group_can_run`.
    public boolean canRun() {
        return state != GroupStateName.TERMINATED
                && state != GroupStateName.UNKNOWN
                && !destroyed
                && fatalQueues == 0
                && !timedOut;
    }

    /// List its `run_node` was last put on.
    public GroupListName runList() {
        return runList;
    }

    void setRunList(GroupListName list) {
        runList = list;
    }

    /// Takes its reference on the address space.
    void takeVm() {
        spec.vm().get();
        hasVm = true;
    }

    boolean hasVm() {
        return hasVm;
    }

    /// Error pointer it holds in place of an eventfd, or 0.
    int badEventfd() {
        return badEventfd;
    }

    void setBadEventfd(int errno) {
        badEventfd = errno;
    }

    ListHead runNode() {
        return runNode;
    }

    ListHead waitNode() {
        return waitNode;
    }

    /// Whether its `wait_node` is on the waiting list.
    public boolean isWaiting() {
        return !waitNode.isEmpty();
    }

    private void emitMasks() {
        kernel.sim()
                .emit(
                        track,
                        new GroupMasks(
                                gid,
                                idleQueues,
                                blockedQueues,
                                fatalQueues,
                                timedOut,
                                innocent ? true : null));
    }
}
