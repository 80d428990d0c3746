package org.panscope.core.kernel.sched;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.mmu.VmMapping;
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
        Queue.SyncWait wait = queue.syncWait();
        if (wait == null) {
            return true;
        }
        VmMapping mapping = group.vm().mappingAt(wait.va());
        int bytes = wait.is64() ? Long.BYTES : Integer.BYTES;
        boolean readable =
                mapping != null && wait.va() % bytes == 0 && wait.va() + bytes <= mapping.end();
        if (mapping == null || !readable) {
            kernel.warn(
                    "panthor_queue_eval_syncwait",
                    "no sync object at va=0x" + Long.toHexString(wait.va()));
            return true;
        }
        long offset = mapping.boOffset() + (wait.va() - mapping.va());
        long value =
                wait.is64()
                        ? mapping.bo().buffer().read64(offset)
                        : mapping.bo().buffer().read32(offset) & 0xffff_ffffL;
        int order = Long.compareUnsigned(value, wait.ref());
        boolean satisfied = wait.gt() ? order > 0 : order <= 0;
        kernel.sim()
                .emit(
                        syncTrack,
                        new SyncWaitEval(
                                group.vm().id(),
                                wait.va(),
                                value,
                                wait.ref(),
                                wait.gt(),
                                satisfied,
                                Evaluator.EVAL_SYNCWAIT,
                                group.gid(),
                                queue.index()));
        if (satisfied) {
            queue.setSyncWait(null);
        }
        return satisfied;
    }
}
