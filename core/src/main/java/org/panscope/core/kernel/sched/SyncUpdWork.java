package org.panscope.core.kernel.sched;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.syncobj.PanthorSyncobj;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SyncEvent.Evaluator;
import org.panscope.trace.event.SyncEvent.SyncWaitEval;

/// Evaluates what the waiting groups wait for, after somebody may have changed a sync object.
///
/// kernel: panthor_sched.c, sync_upd_work, panthor_queue_eval_syncwait; RFC patches 5/8 and 6/8
final class SyncUpdWork {
    private final Scheduler sched;
    private final KernelContext kernel;
    private final int syncTrack;

    SyncUpdWork(Scheduler sched) {
        this.sched = sched;
        kernel = sched.kernel();
        syncTrack = TrackNames.syncObjects(kernel.sim());
    }

    void run() {
        sched.lock().lock();
        boolean immediateTick = false;
        for (Group group : sched.lists().eachChanged(GroupListName.WAITING, 0, "sync_upd_work")) {
            int unblocked = unblockedQueues(group);
            if (unblocked != 0) {
                immediateTick |= unblock(group, unblocked);
            }
            if (group.blockedQueues() == 0) {
                sched.lists().removeWaiting(group, "sync_upd_work");
            }
        }
        sched.lock().unlock();
        if (immediateTick) {
            sched.queueTick(0);
        }
    }

    private int unblockedQueues(Group group) {
        int unblocked = 0;
        for (Queue queue : group.queues()) {
            if ((group.blockedQueues() & queue.mask()) != 0 && isUnblocked(group, queue)) {
                unblocked |= queue.mask();
            }
        }
        return unblocked;
    }

    /// Whether a tick is needed at once: a realtime group, or (RFC) ticking is off, for then nobody
    /// else would make the firmware look again.
    private boolean unblock(Group group, int queues) {
        group.setIdleAndBlocked(group.idleQueues(), group.blockedQueues() & ~queues);
        boolean immediate = sched.reschedTargetNs() == Scheduler.NEVER;
        if (group.csgId() < 0) {
            sched.lists().moveFirst(group, GroupListName.RUNNABLE, "sync_upd_work");
            immediate |= group.priority() == GroupLists.PRIORITIES - 1;
        }
        return immediate;
    }

    /// A sync object that cannot be read counts as unblocked.
    private boolean isUnblocked(Group group, Queue queue) {
        int result = evalSyncWait(group, queue);
        if (result < 0) {
            kernel.warn("sync_upd_work", "panthor_queue_eval_syncwait: " + Errno.name(result));
        }
        return result != 0;
    }

    /// `panthor_queue_eval_syncwait`.
    ///
    /// @return 1 when what the queue waits for holds, 0 when not, or -EINVAL
    private int evalSyncWait(Group group, Queue queue) {
        Queue.SyncWait wait = queue.syncWait();
        if (wait == null) {
            return 1;
        }
        PanthorSyncobj syncobj = queue.syncWaitObject();
        if (syncobj == null) {
            syncobj = PanthorSyncobj.create(kernel, group.vm(), wait.va(), wait.is64(), null);
            if (syncobj == null) {
                return Errno.EINVAL;
            }
            queue.setSyncWaitObject(syncobj);
        }
        long value = syncobj.value();
        int order = Long.compareUnsigned(value, wait.ref());
        boolean satisfied = wait.gt() ? order > 0 : order <= 0;
        kernel.sim()
                .emit(
                        syncTrack,
                        new SyncWaitEval(
                                group.vm().id(),
                                syncobj.va(),
                                value,
                                wait.ref(),
                                wait.gt(),
                                satisfied,
                                Evaluator.EVAL_SYNCWAIT,
                                group.gid(),
                                queue.index()));
        if (!satisfied) {
            return 0;
        }
        queue.releaseSyncWaitObject();
        queue.setSyncWait(null);
        return 1;
    }
}
