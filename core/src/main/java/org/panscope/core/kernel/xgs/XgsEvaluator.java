package org.panscope.core.kernel.xgs;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.RuntimePm;
import org.panscope.core.kernel.syncobj.PanthorSyncobj;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.SchedEvent.PmOwner;
import org.panscope.trace.event.SyncEvent.Evaluator;
import org.panscope.trace.event.SyncEvent.SyncWaitEval;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsOpKind;

/// Does the operations of a job as far as they can be done. With the queue's lock held.
///
/// RFC patch 6/8: panthor_xgs_try_run_job, panthor_xgs_wait, panthor_xgs_signal
final class XgsEvaluator {
    private static final int MAX_ERRNO = 4095;

    private final XgsDevice device;
    private final XgsQueue queue;
    private final KernelContext kernel;
    private final boolean hasErrorState;

    XgsEvaluator(XgsDevice device, XgsQueue queue) {
        this.device = device;
        this.queue = queue;
        kernel = device.kernel();
        hasErrorState = kernel.driver().fixes().xgsErrorState();
    }

    /// `panthor_xgs_try_run_job`: a WAIT that fails keeps later WAITs from being looked at and
    /// hands its error to later SIGNALs.
    ///
    /// @return 0, the error, or -EBUSY when a WAIT is not satisfied
    int tryRun(XgsJob job) {
        if (hasErrorState && job.start() && job.hasBarrierBefore()) {
            queue.setErrorState(0);
        }
        return run(job, queue.errorState());
    }

    /// What a mended driver does with a job whose time is over: the WAIT has failed, the SIGNALs
    /// behind it are done with its error.
    int giveUp(XgsJob job, int error) {
        return run(job, error);
    }

    private int run(XgsJob job, int initialError) {
        int error = initialError;
        for (int i = 0; i < job.ops().size(); i++) {
            XgsOperation op = job.ops().get(i);
            if (op.kind() == XgsOpKind.UNKNOWN) {
                error = Errno.EINVAL;
                tell(job, i, null, null, Errno.EINVAL, error, false);
            } else if (!op.isWait()) {
                int failed = signal(job, i, error);
                error = hasErrorState && error == 0 ? failed : error;
            } else if (error != 0) {
                tell(job, i, null, null, 0, error, true);
            } else {
                error = await(job, i);
                if (error == Errno.EBUSY) {
                    return error;
                }
            }
        }
        if (hasErrorState) {
            queue.setErrorState(job.hasBarrierAfter() ? 0 : error);
        }
        return error;
    }

    /// `panthor_xgs_wait`: evaluates, and does not wait.
    private int await(XgsJob job, int index) {
        XgsOperation op = job.ops().get(index);
        if (op.isCompleted()) {
            tell(job, index, null, null, 0, 0, true);
            return 0;
        }
        PanthorSyncobj syncobj = map(job, op);
        if (syncobj == null) {
            tell(job, index, null, null, Errno.EINVAL, 0, false);
            return Errno.EINVAL;
        }
        long value = syncobj.value();
        boolean satisfied = op.isSatisfiedBy(value);
        kernel.sim()
                .emit(
                        TrackNames.syncObjects(kernel.sim()),
                        new SyncWaitEval(
                                queue.vm().id(),
                                op.addr(),
                                value,
                                op.value(),
                                op.kind() == XgsOpKind.WAIT_GT,
                                satisfied,
                                Evaluator.XGS,
                                null,
                                null));
        int result = satisfied ? inherited(op, syncobj) : Errno.EBUSY;
        if (satisfied) {
            op.complete();
        }
        tell(job, index, value, null, result, 0, false);
        syncobj.release();
        return result;
    }

    /// INHERIT_ERROR_WAIT: what a mended driver finds in the object it has waited for.
    private int inherited(XgsOperation op, PanthorSyncobj syncobj) {
        if (!hasErrorState || !op.inheritsError()) {
            return 0;
        }
        int error = syncobj.error();
        return error >= -MAX_ERRNO && error <= 0 ? error : Errno.EIO;
    }

    /// `panthor_xgs_signal`: nobody hears of an object that cannot be mapped, and the group that
    /// waits for the object is woken only if the scheduler knows that it waits.
    ///
    /// @return 0 or -EINVAL
    private int signal(XgsJob job, int index, int error) {
        XgsOperation op = job.ops().get(index);
        if (op.isCompleted()) {
            tell(job, index, null, null, 0, error, true);
            return 0;
        }
        PanthorSyncobj syncobj = map(job, op);
        if (syncobj == null) {
            tell(job, index, null, null, Errno.EINVAL, error, false);
            return Errno.EINVAL;
        }
        long before = syncobj.value();
        long after = op.resultOn(before);
        long cause = kernel.sim().current().cause();
        tell(job, index, before, after, 0, error, false);
        if (error == 0) {
            syncobj.signal(after);
        } else {
            syncobj.signalWithError(after, error);
        }
        device.sched().queueSyncUpd();
        if (kernel.driver().fixes().xgsSignalRingsGlb()) {
            ringGlobalDoorbell();
        }
        if (kernel.driver().fixes().xgsCascade()) {
            queue.cascade();
        }
        EventFdContext eventfd = queue.eventfd();
        if (eventfd != null) {
            eventfd.signal();
        }
        op.complete();
        kernel.sim().current().setCause(cause);
        syncobj.release();
        return 0;
    }

    /// As SYNC_UPDATE does it.
    private void ringGlobalDoorbell() {
        RuntimePm pm = device.sched().pm();
        if (pm.getIfInUse(PmOwner.RUN_JOB)) {
            device.sched().firmware().ringGlobalDoorbell(Ringer.GLB);
            pm.put(PmOwner.RUN_JOB);
        }
    }

    private @Nullable PanthorSyncobj map(XgsJob job, XgsOperation op) {
        return PanthorSyncobj.create(kernel, queue.vm(), op.addr(), op.isSync64(), job.id());
    }

    /// Records what became of an operation; what follows is caused by one that stores.
    private void tell(
            XgsJob job,
            int index,
            @Nullable Long before,
            @Nullable Long after,
            int result,
            int errorPassed,
            boolean skipped) {
        if (job.isFreed()) {
            return;
        }
        XgsOperation op = job.ops().get(index);
        XgsOp event =
                new XgsOp(
                        job.id(),
                        index,
                        op.kind(),
                        op.format(),
                        op.addr(),
                        op.value(),
                        before,
                        after,
                        result,
                        errorPassed,
                        skipped);
        if (after == null) {
            kernel.sim().emit(queue.track(), event);
        } else {
            kernel.sim().follow(queue.track(), event);
        }
    }
}
