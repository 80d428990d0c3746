package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmSyncobj;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.GroupOperations;
import org.panscope.core.kernel.sched.PanthorJob;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.GroupSubmitArgs;
import org.panscope.core.uapi.QueueSubmitArgs;
import org.panscope.core.uapi.SyncOp;
import org.panscope.trace.event.FenceEvent.SyncobjStep;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// GROUP_SUBMIT: all of its jobs or none.
///
/// Simplified: binary syncobjs only; fences are not added to reservations.
///
/// kernel: panthor_drv.c, panthor_ioctl_group_submit, struct panthor_submit_ctx
final class SubmitIoctl {
    private static final int FLUSH_ID_RESERVED = 0x7f00_0000;
    private static final int STREAM_ALIGNMENT = 64;
    private static final int INSTRUCTION_BYTES = 8;

    /// A job with its sync operations.
    private record Pending(PanthorJob job, List<ByteBuffer> syncs) {}

    private final PanthorFile file;
    private final KernelContext kernel;

    SubmitIoctl(PanthorFile file) {
        this.file = file;
        kernel = file.kernel();
    }

    int submit(ByteBuffer args) {
        if (args.getInt(GroupSubmitArgs.PAD) != 0) {
            return Errno.EINVAL;
        }
        UserArray array =
                new UserArray(
                        file.memory(),
                        args,
                        GroupSubmitArgs.QUEUE_SUBMITS,
                        QueueSubmitArgs.SIZE,
                        QueueSubmitArgs.MIN_SIZE);
        if (array.errno() != 0) {
            return array.errno();
        }
        List<Pending> jobs = new ArrayList<>();
        Map<DrmSyncobj, @Nullable DmaFence> signals = new LinkedHashMap<>();
        Group group = file.groups().get(args.getInt(GroupSubmitArgs.GROUP_HANDLE));
        int result = createJobs(group, array.elements(), jobs);
        if (result == 0) {
            result = collectSignals(jobs, signals);
        }
        if (result == 0) {
            result = addDependenciesAndArm(jobs, signals);
        }
        if (result != 0) {
            GroupOperations operations = file.device().groups();
            jobs.forEach(pending -> operations.abandon(pending.job()));
            return result;
        }
        for (Pending pending : jobs) {
            pending.job().entity().push(pending.job());
        }
        signals.forEach((syncobj, fence) -> syncobj.replaceFence(fence, SyncobjStep.REPLACE_FENCE));
        return 0;
    }

    private int createJobs(@Nullable Group group, List<ByteBuffer> submits, List<Pending> jobs) {
        for (ByteBuffer submit : submits) {
            long bytes = submit.getInt(QueueSubmitArgs.STREAM_SIZE) & 0xffff_ffffL;
            long start = submit.getLong(QueueSubmitArgs.STREAM_ADDR);
            int flush = submit.getInt(QueueSubmitArgs.LATEST_FLUSH);
            boolean valid =
                    submit.getInt(QueueSubmitArgs.PAD) == 0
                            && (bytes == 0) == (start == 0)
                            && start % STREAM_ALIGNMENT == 0
                            && bytes % INSTRUCTION_BYTES == 0
                            && (flush & FLUSH_ID_RESERVED) == 0;
            PanthorJob job =
                    valid
                            ? file.device()
                                    .groups()
                                    .createJob(
                                            group,
                                            submit.getInt(QueueSubmitArgs.QUEUE_INDEX),
                                            new PanthorJob.Call(start, bytes, flush))
                            : null;
            if (job == null) {
                return Errno.EINVAL;
            }
            UserArray syncs =
                    new UserArray(
                            file.memory(),
                            submit,
                            QueueSubmitArgs.SYNCS,
                            SyncOp.SIZE,
                            SyncOp.MIN_SIZE);
            jobs.add(new Pending(job, syncs.elements()));
            int result = syncs.errno() != 0 ? syncs.errno() : checkSyncs(syncs.elements());
            if (result != 0) {
                return result;
            }
        }
        return 0;
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
                kernel.log("panthor_check_sync_op", "timeline syncobjs are not modelled");
                return Errno.EINVAL;
            }
            if (sync.getLong(SyncOp.TIMELINE_VALUE) != 0) {
                return Errno.EINVAL;
            }
        }
        return 0;
    }

    /// Which syncobjs the batch signals, each with the fence it holds now.
    private int collectSignals(List<Pending> jobs, Map<DrmSyncobj, @Nullable DmaFence> signals) {
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

    private int addDependenciesAndArm(
            List<Pending> jobs, Map<DrmSyncobj, @Nullable DmaFence> signals) {
        for (Pending pending : jobs) {
            for (ByteBuffer sync : pending.syncs()) {
                int result = isSignal(sync) ? 0 : addWait(pending.job(), sync, signals);
                if (result != 0) {
                    return result;
                }
            }
            pending.job().arm(kernel);
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
    private int addWait(
            PanthorJob job, ByteBuffer sync, Map<DrmSyncobj, @Nullable DmaFence> signals) {
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
