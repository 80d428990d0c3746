package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmSchedJob;
import org.panscope.core.kernel.drm.DrmSyncobj;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.SyncOp;
import org.panscope.trace.event.FenceEvent.SyncobjStep;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Jobs that are submitted together, with their sync operations: all of them or none. Shared by
/// every ioctl that submits.
///
/// kernel: panthor_drv.c, struct panthor_submit_ctx
final class SubmitContext {
    /// A job with its sync operations.
    private record Pending(DrmSchedJob job, List<ByteBuffer> syncs) {}

    private final PanthorFile file;
    private final List<Pending> jobs = new ArrayList<>();
    private final Map<DrmSyncobj, @Nullable DmaFence> signals = new LinkedHashMap<>();

    SubmitContext(PanthorFile file) {
        this.file = file;
    }

    /// `panthor_submit_ctx_add_job`.
    ///
    /// @return 0 or why its sync operations are refused
    int add(DrmSchedJob job, UserArray syncs) {
        jobs.add(new Pending(job, syncs.elements()));
        return syncs.errno() != 0 ? syncs.errno() : checkSyncs(syncs.elements());
    }

    /// Jobs added so far, for giving them back after an error.
    List<DrmSchedJob> jobs() {
        return jobs.stream().map(Pending::job).toList();
    }

    /// `panthor_submit_ctx_collect_jobs_signal_ops` and `panthor_submit_ctx_add_deps_and_arm_jobs`:
    /// nothing is visible outside before [#push].
    int prepare() {
        int result = collectSignals();
        return result == 0 ? addDependenciesAndArm() : result;
    }

    /// `panthor_submit_ctx_push_jobs` and `panthor_submit_ctx_push_fences`.
    void push() {
        for (Pending pending : jobs) {
            pending.job().entity().push(pending.job());
        }
        signals.forEach((syncobj, fence) -> syncobj.replaceFence(fence, SyncobjStep.REPLACE_FENCE));
    }

    private int checkSyncs(List<ByteBuffer> syncs) {
        for (ByteBuffer sync : syncs) {
            int flags = sync.getInt(SyncOp.FLAGS);
            int type = flags & SyncOp.HANDLE_TYPE_MASK;
            if ((flags & ~(SyncOp.HANDLE_TYPE_MASK | SyncOp.SIGNAL)) != 0
                    || type > SyncOp.HANDLE_TYPE_TIMELINE_SYNCOBJ) {
                return Errno.EINVAL;
            }
            if (type == SyncOp.HANDLE_TYPE_TIMELINE_SYNCOBJ) {
                file.kernel().log("panthor_check_sync_op", "timeline syncobjs are not modelled");
                return Errno.EINVAL;
            }
            if (sync.getLong(SyncOp.TIMELINE_VALUE) != 0) {
                return Errno.EINVAL;
            }
        }
        return 0;
    }

    /// Which syncobjs the batch signals, each with the fence it holds now.
    private int collectSignals() {
        for (Pending pending : jobs) {
            for (ByteBuffer sync : pending.syncs()) {
                if (isSignal(sync)) {
                    DrmSyncobj syncobj = file.syncobjs().get(sync.getInt(SyncOp.HANDLE));
                    if (syncobj == null) {
                        return Errno.EINVAL;
                    }
                    signals.put(syncobj, syncobj.fence());
                }
            }
        }
        return 0;
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
                DrmSyncobj syncobj = file.syncobjs().get(sync.getInt(SyncOp.HANDLE));
                if (isSignal(sync) && syncobj != null) {
                    signals.put(syncobj, pending.job().finished());
                }
            }
        }
        return 0;
    }

    /// A syncobj the batch signals gives the fence of the batch.
    private int addWait(DrmSchedJob job, ByteBuffer sync) {
        DrmSyncobj syncobj = file.syncobjs().get(sync.getInt(SyncOp.HANDLE));
        if (syncobj == null) {
            return Errno.ENOENT;
        }
        DmaFence fence = signals.containsKey(syncobj) ? signals.get(syncobj) : syncobj.fence();
        if (fence == null) {
            return Errno.EINVAL;
        }
        syncobj.dependencyTaken(fence, job.id());
        job.addDependency(fence);
        return 0;
    }

    private static boolean isSignal(ByteBuffer sync) {
        return (sync.getInt(SyncOp.FLAGS) & SyncOp.SIGNAL) != 0;
    }
}
