package org.panscope.core.kernel.sched;

import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.VmMapping;
import org.panscope.core.kernel.syncobj.SyncobjMemory;
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
    private static final int TERMINATED_ERROR = -1;

    private final Scheduler sched;
    private final Group group;
    private final GroupFactory.Mmappable mmappable;
    private final KernelContext kernel;

    GroupWorks(Scheduler sched, Group group, GroupFactory.Mmappable mmappable) {
        this.sched = sched;
        this.group = group;
        this.mmappable = mmappable;
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
            } else if (kernel.driver().fixes().termWritesSync()) {
                syncobjs += settleOwed(queue);
            }
        }
        kernel.sim()
                .emit(group.track(), new KernelEvent.Term(group.gid(), reason(), jobs, syncobjs));
        sched.queueSyncUpd();
        raiseEventfds(syncobjs);
        group.put();
    }

    /// As posted nothing is raised when a group dies.
    private void raiseEventfds(int syncobjs) {
        EventFdContext syncUpdate = group.eventfd();
        if (syncUpdate != null && group.isUserSubmit() && syncobjs > 0) {
            syncUpdate.signal();
        }
        EventFdContext groupState = group.spec().groupState().context();
        if (groupState != null) {
            groupState.signal();
        }
    }

    /// Writes what the queue's ring would have written, with an error.
    private int settleOwed(Queue queue) {
        int written = 0;
        for (OwedSyncObjects.Owed owed : new OwedSyncObjects(sched.isa(), queue).list()) {
            VmMapping mapping = group.vm().mappingAt(owed.va());
            int bytes = owed.is64() ? Long.BYTES : Integer.BYTES;
            if (mapping != null
                    && owed.va() % bytes == 0
                    && owed.va() + bytes + Integer.BYTES <= mapping.end()) {
                settle(queue, owed, mapping, bytes);
                written++;
            }
        }
        return written;
    }

    private void settle(Queue queue, OwedSyncObjects.Owed owed, VmMapping mapping, int bytes) {
        BufferObject buffer = mapping.bo().buffer();
        long offset = mapping.boOffset() + (owed.va() - mapping.va());
        long before = owed.is64() ? buffer.read64(offset) : buffer.read32(offset) & 0xffff_ffffL;
        long after = owed.isAdd() ? before + owed.operand() : owed.operand();
        int oldError = buffer.read32(offset + bytes);
        buffer.write32(offset + bytes, TERMINATED_ERROR);
        if (owed.is64()) {
            buffer.write64(offset, after);
        } else {
            after &= 0xffff_ffffL;
            buffer.write32(offset, (int) after);
        }
        kernel.sim()
                .emit(
                        TrackNames.syncObjects(kernel.sim()),
                        new SyncMem(
                                group.vm().id(),
                                owed.va(),
                                bytes,
                                before,
                                after,
                                oldError,
                                TERMINATED_ERROR,
                                SyncWriter.KERNEL_TERM,
                                group.gid(),
                                queue.index(),
                                mapping.bo().id(),
                                offset));
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

    /// `group_release_work`. As posted it uses the file the group was created through, which may be
    /// gone (R7), and gives an error pointer back as if it were an eventfd (R12).
    private void release() {
        for (Queue queue : group.queues()) {
            freeQueue(queue);
        }
        for (GroupFactory.Placed placed : GroupFactory.placedBuffers(group, sched.firmware())) {
            placed.free();
        }
        if (group.badEventfd() != 0) {
            kernel.oops(
                    "group_release_work",
                    "eventfd_ctx_put of an error pointer, " + Errno.name(group.badEventfd()));
        }
        if (group.hasVm()) {
            group.vm().put();
        }
        GroupSpec.Owner file = group.spec().file();
        group.setFreed();
        kernel.gone(group);
        kernel.sim().emit(group.track(), new KernelEvent.GroupRelease(group.gid(), file.isOpen()));
        if (kernel.driver().fixes().fileRef()) {
            file.put();
        }
    }

    /// `group_free_queue`.
    private void freeQueue(Queue queue) {
        queue.timeout().stop();
        queue.scheduler().destroy();
        queue.setLastFence(null);
        queue.releaseSyncWaitObject();
        if (group.isUserSubmit()) {
            revoke(queue);
        }
        GemObject slots = queue.profilingSlots();
        if (slots != null) {
            new GroupFactory.Placed(group.vm(), queue.profilingVa(), slots).free();
        }
        new GroupFactory.Placed(group.vm(), queue.ringVa(), queue.ring()).free();
        new GroupFactory.Placed(sched.firmware().mcuVm(), queue.inputVa(), queue.userIo()).free();
    }

    private void revoke(Queue queue) {
        GroupSpec.Owner file = group.spec().file();
        if (file.isFreed()) {
            kernel.oops(
                    "group_free_queue",
                    "drm_vma_node_revoke: use after free of file=" + file.fileId());
        } else {
            mmappable.revoke(queue.ring(), group);
            mmappable.revoke(queue.userIo(), group);
        }
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
