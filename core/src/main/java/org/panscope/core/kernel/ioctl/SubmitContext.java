package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmSchedJob;
import org.panscope.core.kernel.drm.DrmSyncobj;
import org.panscope.core.kernel.sched.EvictableVm;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.SyncOp;
import org.panscope.trace.event.FenceEvent.SyncobjStep;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Jobs that are submitted together, with their sync operations: all of them or none. Shared by
/// every ioctl that submits.
///
/// kernel: panthor_drv.c, struct panthor_submit_ctx
final class SubmitContext {
    /// A job with its sync operations.
    private record Pending(DrmSchedJob job, List<ByteBuffer> syncs) {}

    /// A `panthor_sync_signal`: a point some job signals, with the fence that stands for it just
    /// now.
    private static final class Signal {
        private final SyncobjTable.Entry target;
        private final long point;
        private @Nullable DmaFence fence;

        /// Takes over the reference on the fence.
        Signal(SyncobjTable.Entry target, long point, @Nullable DmaFence fence) {
            this.target = target;
            this.point = point;
            this.fence = fence;
            target.syncobj().get();
        }

        void setFence(DmaFence newFence) {
            DmaFence old = fence;
            fence = newFence.get();
            if (old != null) {
                old.put();
            }
        }

        void free() {
            target.syncobj().put();
            if (fence != null) {
                fence.put();
            }
        }
    }

    private final PanthorFile file;
    private final @Nullable SubmitReservations reservations;
    private final SyncobjTable syncobjs;
    private final List<Pending> jobs = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private @Nullable EvictableVm evictable;

    /// Jobs whose fences are left on no reservation.
    SubmitContext(PanthorFile file) {
        this(file, null);
    }

    /// @param reservations where the finished fences are left; null for nowhere
    SubmitContext(PanthorFile file, @Nullable SubmitReservations reservations) {
        this.file = file;
        this.reservations = reservations;
        syncobjs = new SyncobjTable(file);
    }

    /// V14: the jobs are made only while the groups of an address space may run.
    void onlyWhileRunning(@Nullable EvictableVm vm) {
        evictable = vm;
    }

    /// `panthor_submit_ctx_add_job`.
    ///
    /// @return 0 or why its sync operations cannot be copied in
    int add(DrmSchedJob job, UserArray syncs) {
        jobs.add(new Pending(job, syncs.elements()));
        return syncs.errno();
    }

    /// Jobs added so far, for giving them back after an error.
    List<DrmSchedJob> jobs() {
        return jobs.stream().map(Pending::job).toList();
    }

    /// `panthor_submit_ctx_collect_jobs_signal_ops`, locking the reservations, and
    /// `panthor_submit_ctx_add_deps_and_arm_jobs`: nothing is visible outside before [#push]. After
    /// an error nothing is held.
    int prepare() {
        int result = collectSignals();
        if (result == 0 && !jobs.isEmpty()) {
            lock();
            result = addDependenciesAndArm();
            if (evictable != null) {
                evictable.leave(
                        result != 0
                                ? List.of()
                                : jobs.stream().map(one -> one.job().finished()).toList());
            }
        }
        if (result != 0) {
            cleanUp();
        }
        return result;
    }

    /// `panthor_submit_ctx_push_jobs` and `panthor_submit_ctx_push_fences`.
    void push() {
        for (Pending pending : jobs) {
            if (reservations != null) {
                reservations.add(pending.job().finished());
            }
            pending.job().entity().push(pending.job());
        }
        for (Signal signal : signals) {
            publish(signal);
        }
        cleanUp();
    }

    private void lock() {
        if (reservations != null) {
            reservations.lock();
            while (evictable != null && !evictable.enter()) {
                reservations.unlock();
                evictable.awaitRunning();
                reservations.lock();
            }
        }
    }

    /// `panthor_submit_ctx_cleanup`, except for the jobs.
    private void cleanUp() {
        if (reservations != null) {
            reservations.unlock();
        }
        signals.forEach(Signal::free);
        signals.clear();
    }

    private static void publish(Signal signal) {
        DmaFence fence = signal.fence;
        if (fence == null) {
            throw new IllegalStateException("signal without a fence");
        }
        if (signal.point != 0) {
            signal.target.syncobj().addPoint(fence, signal.point, signal.target.via());
        } else {
            signal.target
                    .syncobj()
                    .replaceFence(fence, SyncobjStep.REPLACE_FENCE, signal.target.via());
        }
    }

    /// `panthor_check_sync_op`.
    private static boolean isValid(ByteBuffer sync) {
        int flags = sync.getInt(SyncOp.FLAGS);
        int type = flags & SyncOp.HANDLE_TYPE_MASK;
        boolean isBinary = type == SyncOp.HANDLE_TYPE_SYNCOBJ;
        return (flags & ~(SyncOp.HANDLE_TYPE_MASK | SyncOp.SIGNAL)) == 0
                && (isBinary || type == SyncOp.HANDLE_TYPE_TIMELINE_SYNCOBJ)
                && (!isBinary || sync.getLong(SyncOp.TIMELINE_VALUE) == 0);
    }

    /// Which points the batch signals, each with the fence it has now.
    private int collectSignals() {
        for (Pending pending : jobs) {
            for (ByteBuffer sync : pending.syncs()) {
                int result = isSignal(sync) ? collect(sync) : 0;
                if (result != 0) {
                    return result;
                }
            }
        }
        return 0;
    }

    private int collect(ByteBuffer sync) {
        if (!isValid(sync)) {
            return Errno.EINVAL;
        }
        if (find(sync) != null) {
            return 0;
        }
        SyncobjTable.Entry entry = syncobjs.find(sync.getInt(SyncOp.HANDLE));
        if (entry == null) {
            return Errno.EINVAL;
        }
        long point = sync.getLong(SyncOp.TIMELINE_VALUE);
        signals.add(new Signal(entry, point, entry.syncobj().findFence(point).fence()));
        return 0;
    }

    /// `panthor_submit_ctx_search_sync_signal`: by handle, as the caller named it.
    private @Nullable Signal find(ByteBuffer sync) {
        for (Signal signal : signals) {
            if (signal.target.via().handle() == sync.getInt(SyncOp.HANDLE)
                    && signal.point == sync.getLong(SyncOp.TIMELINE_VALUE)) {
                return signal;
            }
        }
        return null;
    }

    private int addDependenciesAndArm() {
        for (Pending pending : jobs) {
            for (ByteBuffer sync : pending.syncs()) {
                int result = isSignal(sync) ? 0 : addWait(pending.job(), sync);
                if (result != 0) {
                    return result;
                }
            }
            pending.job().arm(file.kernel());
            for (ByteBuffer sync : pending.syncs()) {
                Signal signal = isSignal(sync) ? find(sync) : null;
                if (signal != null) {
                    signal.setFence(pending.job().finished());
                }
            }
        }
        return 0;
    }

    /// A point the batch signals gives the fence it has in the batch so far.
    private int addWait(DrmSchedJob job, ByteBuffer sync) {
        if (!isValid(sync)) {
            return Errno.EINVAL;
        }
        Signal signal = find(sync);
        if (signal != null) {
            DmaFence fence = signal.fence;
            if (fence == null) {
                file.kernel().warn("panthor_submit_ctx_add_sync_deps_to_job", "!sig_sync->fence");
                return Errno.EINVAL;
            }
            addDependency(job, signal.target, signal.point, fence);
            return 0;
        }
        SyncobjTable.Entry entry = syncobjs.find(sync.getInt(SyncOp.HANDLE));
        if (entry == null) {
            return Errno.ENOENT;
        }
        long point = sync.getLong(SyncOp.TIMELINE_VALUE);
        DrmSyncobj.Found found = entry.syncobj().findFence(point);
        DmaFence fence = found.fence();
        if (fence == null) {
            return found.errno();
        }
        addDependency(job, entry, point, fence);
        fence.put();
        return 0;
    }

    private static void addDependency(
            DrmSchedJob job, SyncobjTable.Entry from, long point, DmaFence fence) {
        from.syncobj().dependencyTaken(fence, job.id(), point, from.via());
        job.addDependency(fence);
    }

    private static boolean isSignal(ByteBuffer sync) {
        return (sync.getInt(SyncOp.FLAGS) & SyncOp.SIGNAL) != 0;
    }
}
