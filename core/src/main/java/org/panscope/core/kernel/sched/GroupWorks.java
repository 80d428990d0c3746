package org.panscope.core.kernel.sched;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.syncobj.SyncobjMemory;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.KernelEvent.TermReason;
import org.panscope.trace.event.SyncEvent.SyncWriter;

/// The work items of one group: completing jobs, settling the debts of a dead group, freeing it.
///
/// kernel: panthor_sched.c: group_sync_upd_work, group_term_work, group_release_work
final class GroupWorks {
    private static final int TERMINATED_ERROR = -1;

    private final Scheduler sched;
    private final Group group;
    private final KernelContext kernel;

    GroupWorks(Scheduler sched, Group group) {
        this.sched = sched;
        this.group = group;
        kernel = sched.kernel();
    }

    void install() {
        group.setWorks(
                sched.workqueue().item("group_sync_upd", group.gid(), this::syncUpd),
                sched.workqueue().item("group_term", group.gid(), this::term),
                sched.cleanupQueue().item("group_release", group.gid(), this::release));
        group.setTilerOomWork(
                sched.heapAllocQueue()
                        .item("group_tiler_oom", group.gid(), new TilerOomWork(sched, group)::run));
    }

    /// Signals the done fences the queues' sync objects have reached.
    private void syncUpd() {
        GemObject syncobjs = group.syncobjs();
        if (syncobjs == null) {
            kernel.warn("group_sync_upd_work", "gid=" + group.gid() + " is user-submit");
            return;
        }
        for (Queue queue : group.queues()) {
            while (!queue.inFlight().isEmpty()) {
                long seqno = syncobjs.buffer().read64(offset(queue));
                DmaFence done = doneFence(queue.inFlight().getFirst());
                if (Long.compareUnsigned(seqno, done.seqno()) < 0) {
                    break;
                }
                queue.inFlight().removeFirst();
                done.signal();
            }
        }
        group.put();
    }

    /// `group_term_post_processing`.
    private void term() {
        int jobs = 0;
        int syncobjs = 0;
        for (Queue queue : group.queues()) {
            int error = errorOf(queue);
            while (!queue.inFlight().isEmpty()) {
                DmaFence done = doneFence(queue.inFlight().removeFirst());
                done.setError(error);
                done.signal();
                jobs++;
            }
            if (group.syncobjs() != null) {
                writeSyncobj(queue);
                syncobjs++;
            }
        }
        kernel.sim()
                .emit(group.track(), new KernelEvent.Term(group.gid(), reason(), jobs, syncobjs));
        sched.queueSyncUpd();
        group.put();
    }

    /// Lets whoever waits for the queue go on, and see that it failed: after the value, as patch
    /// 5/8 has it, before it without the series.
    private void writeSyncobj(Queue queue) {
        GemObject object = group.syncobjs();
        Long va = group.syncobjVa(queue.index());
        if (object == null || va == null) {
            return;
        }
        SyncobjMemory syncobj =
                new SyncobjMemory(
                        kernel,
                        new SyncobjMemory.Place(group.vm().id(), va, object, offset(queue), true),
                        new SyncobjMemory.Writer(
                                SyncWriter.KERNEL_TERM, group.gid(), queue.index()));
        if (kernel.driver().hasUserSubmission()) {
            syncobj.storeValue(queue.lastSeqno());
            syncobj.storeError(TERMINATED_ERROR);
        } else {
            syncobj.storeError(TERMINATED_ERROR);
            syncobj.storeValue(queue.lastSeqno());
        }
    }

    private void release() {
        for (Queue queue : group.queues()) {
            queue.scheduler().destroy();
            queue.setLastFence(null);
            queue.releaseSyncWaitObject();
            new GroupFactory.Placed(group.vm(), queue.ringVa(), queue.ring()).free();
            new GroupFactory.Placed(sched.firmware().mcuVm(), queue.inputVa(), queue.userIo())
                    .free();
        }
        for (GroupFactory.Placed placed : GroupFactory.placedBuffers(group, sched.firmware())) {
            placed.free();
        }
        group.vm().put();
        kernel.gone(group);
        kernel.sim()
                .emit(
                        group.track(),
                        new KernelEvent.GroupRelease(
                                group.gid(), group.spec().file().isOpen().getAsBoolean()));
    }

    private int errorOf(Queue queue) {
        if ((group.fatalQueues() & queue.mask()) != 0) {
            return Errno.EINVAL;
        }
        return group.isTimedOut() ? Errno.ETIMEDOUT : Errno.ECANCELED;
    }

    private TermReason reason() {
        if (group.fatalQueues() != 0) {
            return TermReason.FATAL;
        }
        return group.isTimedOut() ? TermReason.TIMEOUT : TermReason.DESTROYED;
    }

    private static long offset(Queue queue) {
        return (long) queue.index() * Group.SYNCOBJ_BYTES;
    }

    private static DmaFence doneFence(PanthorJob job) {
        DmaFence done = job.doneFence();
        if (done == null) {
            throw new IllegalStateException("job=" + job.id() + " is in flight without a fence");
        }
        return done;
    }
}
