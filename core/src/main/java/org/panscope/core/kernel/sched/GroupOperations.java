package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.DriverModes;
import org.panscope.core.kernel.base.HandleTable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.KernelEvent.KickBranch;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.UserEvent.Ringer;

/// What ioctls do with a group that exists.
///
/// kernel: panthor_sched.c: panthor_group_destroy, panthor_job_create; RFC patch 4/8:
/// panthor_sched_kick
public final class GroupOperations {
    private final Scheduler sched;
    private final KernelContext kernel;

    public GroupOperations(Scheduler sched) {
        this.sched = sched;
        kernel = sched.kernel();
    }

    /// Finds the group behind a handle and takes a reference on it. As posted, without the lock of
    /// the pool: between the two somebody may drop the last one (R6).
    ///
    /// @param site function that wants it
    public @Nullable Group lookUp(HandleTable<Group> pool, int handle, String site) {
        Group group = pool.get(handle);
        boolean registered = !kernel.driver().marksRegistered() || pool.isMarked(handle);
        if (group == null || !registered) {
            return null;
        }
        if (!kernel.driver().looksUpLocked()) {
            kernel.spend(kernel.timings().lookupNs());
        }
        boolean alive = group.references() > 0;
        group.get(site);
        return alive ? group : null;
    }

    /// Gives a reference of [#lookUp] back.
    public void putLookedUp(@Nullable Group group) {
        if (group != null) {
            group.put();
        }
    }

    /// `panthor_group_destroy`: jobs that have not run have a second to be started. Blocks.
    public int destroy(HandleTable<Group> pool, int handle) {
        boolean registered = !kernel.driver().marksRegistered() || pool.isMarked(handle);
        Group group = registered ? pool.remove(handle) : null;
        if (group == null) {
            return Errno.EINVAL;
        }
        group.queues().forEach(queue -> queue.scheduler().entity().destroy());
        sched.resetLock().lock();
        sched.lock().lock();
        group.setDestroyed();
        kernel.sim()
                .emit(
                        group.track(),
                        new KernelEvent.GroupDestroy(
                                group.gid(), group.csgId(), group.spec().file().isOpen()));
        if (group.csgId() >= 0) {
            sched.queueTick(0);
        } else if (!kernel.reset().isInProgress()) {
            sched.lists().remove(group, "panthor_group_destroy");
            sched.lists().removeWaiting(group, "panthor_group_destroy");
            group.queueTerm();
        }
        sched.lock().unlock();
        sched.resetLock().unlock();
        group.put("panthor_group_destroy");
        return 0;
    }

    /// `panthor_job_create`, after the checks of its arguments.
    ///
    /// @return the job, or null when queue or group cannot take it
    public @Nullable PanthorJob createJob(
            @Nullable Group group, int queueIndex, PanthorJob.Call call) {
        boolean known =
                group != null
                        && (!group.isUserSubmit() || takesJobs(call))
                        && (group.canRun() || !kernel.driver().isMainline2026())
                        && Integer.compareUnsigned(queueIndex, group.queues().size()) < 0;
        return group == null || !known
                ? null
                : new PanthorJob(sched, group, group.queues().get(queueIndex), call);
    }

    /// V10, V14: an empty job stands for what is in the ring of a user-submit queue.
    private boolean takesJobs(PanthorJob.Call call) {
        DriverModes modes = kernel.driver().modes();
        return call.bytes() == 0 && (modes.evictionFences() || modes.jobPerSubmit());
    }

    /// Gives a job back that was never armed.
    public void abandon(PanthorJob job) {
        job.released();
        job.trace(JobStep.FREED, null, 0);
        job.cleanUp();
    }

    /// `panthor_sched_kick`: never fails. As posted it takes no power reference.
    public void kick(HandleTable<Group> pool, int handle, int queueMask) {
        Group group = lookUp(pool, handle, "panthor_sched_kick");
        if (group == null || group.queues().isEmpty()) {
            putLookedUp(group);
            kernel.sim()
                    .follow(
                            kernel.kernelTrack(),
                            new KernelEvent.Kick(
                                    null,
                                    handle,
                                    queueMask & 0xffff_ffffL,
                                    KickBranch.NO_GROUP,
                                    false,
                                    0L,
                                    0L));
            return;
        }
        sched.lock().lock();
        KickBranch branch = branch(group, queueMask);
        tell(group, handle, queueMask, branch);
        if (branch == KickBranch.DOORBELL) {
            sched.ringDoorbell(group, group.queues().getFirst(), Ringer.KICK);
        } else if (branch != KickBranch.NEEDS_JOB) {
            sched.schedule(group, queueMask);
        }
        boolean awake = branch == KickBranch.DOORBELL || branch == KickBranch.SCHEDULE;
        if (awake && kernel.driver().fixes().kickPmRef()) {
            sched.holdPower();
        }
        sched.lock().unlock();
        group.put("panthor_sched_kick");
    }

    private KickBranch branch(Group group, int queueMask) {
        if (kernel.driver().modes().jobPerSubmit() && group.isUserSubmit()) {
            return KickBranch.NEEDS_JOB;
        }
        if (group.csgId() >= 0) {
            return KickBranch.DOORBELL;
        }
        if (!group.canRun()) {
            return KickBranch.DEAD;
        }
        if ((queueMask & group.blockedQueues()) == queueMask) {
            return KickBranch.BLOCKED;
        }
        return kernel.reset().isInProgress() ? KickBranch.RESET : KickBranch.SCHEDULE;
    }

    private void tell(Group group, int handle, int queueMask, KickBranch branch) {
        int idleAfter =
                branch == KickBranch.SCHEDULE || branch == KickBranch.RESET
                        ? group.idleQueues() & ~queueMask
                        : group.idleQueues();
        kernel.sim()
                .follow(
                        group.track(),
                        new KernelEvent.Kick(
                                group.gid(),
                                handle,
                                queueMask & 0xffff_ffffL,
                                branch,
                                sched.isIdle(group),
                                (long) group.idleQueues(),
                                (long) idleAfter));
    }

    /// Doorbell id the doorbell fault handler sees: that of the first queue.
    public int doorbellId(@Nullable Group group) {
        if (group == null || group.queues().isEmpty()) {
            return Queue.NO_DOORBELL;
        }
        sched.lock().lock();
        int id = group.queues().getFirst().doorbellId();
        sched.lock().unlock();
        return id;
    }
}
