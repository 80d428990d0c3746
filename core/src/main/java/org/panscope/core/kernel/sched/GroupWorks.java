package org.panscope.core.kernel.sched;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.mem.BufferObject;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.KernelEvent.TermReason;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;

/// The work items of one group: completing jobs, settling the debts of a dead group, freeing it.
///
/// kernel: panthor_sched.c: group_sync_upd_work, group_term_work, group_release_work
final class GroupWorks {
    private static final int STATUS_OFFSET = 8;
    private static final int TERMINATED_STATUS = -1;

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
            JobCompletion.look(group, queue);
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
                DmaFence done = queue.inFlight().removeFirst().requireDoneFence();
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

    /// Lets whoever waits for the queue go on, and see that it failed.
    private void writeSyncobj(Queue queue) {
        GemObject object = group.syncobjs();
        Long va = group.syncobjVa(queue.index());
        if (object == null || va == null) {
            return;
        }
        BufferObject buffer = object.buffer();
        long offset = offset(queue);
        long oldSeqno = buffer.read64(offset);
        int oldStatus = buffer.read32(offset + STATUS_OFFSET);
        buffer.write32(offset + STATUS_OFFSET, TERMINATED_STATUS);
        buffer.write64(offset, queue.lastSeqno());
        kernel.sim()
                .emit(
                        TrackNames.syncObjects(kernel.sim()),
                        new SyncMem(
                                group.vm().id(),
                                va,
                                Long.BYTES,
                                oldSeqno,
                                queue.lastSeqno(),
                                oldStatus,
                                TERMINATED_STATUS,
                                SyncWriter.KERNEL_TERM,
                                group.gid(),
                                queue.index(),
                                object.id(),
                                offset));
    }

    private void release() {
        for (Queue queue : group.queues()) {
            queue.timeout().stop();
            queue.scheduler().destroy();
            queue.setLastFence(null);
            GemObject slots = queue.profilingSlots();
            if (slots != null) {
                new GroupFactory.Placed(group.vm(), queue.profilingVa(), slots).free();
            }
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
}
