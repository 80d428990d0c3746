package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.drm.DmaResv;
import org.panscope.core.kernel.drm.DrmSchedJob;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.GroupOperations;
import org.panscope.core.kernel.sched.PanthorJob;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.GroupSubmitArgs;
import org.panscope.core.uapi.QueueSubmitArgs;
import org.panscope.core.uapi.SyncOp;

import java.nio.ByteBuffer;
import java.util.List;

/// GROUP_SUBMIT: all of its jobs or none.
///
/// kernel: panthor_drv.c, panthor_ioctl_group_submit
final class SubmitIoctl {
    private static final int FLUSH_ID_RESERVED = 0x7f00_0000;
    private static final int STREAM_ALIGNMENT = 64;
    private static final int INSTRUCTION_BYTES = 8;

    private final PanthorFile file;

    SubmitIoctl(PanthorFile file) {
        this.file = file;
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
        Group group = file.groups().get(args.getInt(GroupSubmitArgs.GROUP_HANDLE));
        if (!canRun(group, array.elements())) {
            return Errno.EINVAL;
        }
        if (group != null && group.isUserSubmit() && waitsBeforeFence(array.elements())) {
            return Errno.EINVAL;
        }
        SubmitContext context =
                new SubmitContext(
                        file,
                        group == null
                                ? null
                                : SubmitReservations.ofAll(
                                        file.kernel(),
                                        group.vm(),
                                        DmaResv.Usage.BOOKKEEP,
                                        DmaResv.Usage.BOOKKEEP));
        if (group != null && group.isUserSubmit()) {
            context.onlyWhileRunning(file.device().sched().evictions().of(group.vm()));
        }
        int result = createJobs(group, array.elements(), context);
        if (result == 0) {
            result = context.prepare();
        }
        if (result == 0) {
            context.push();
        } else {
            abandon(context.jobs());
        }
        return result;
    }

    /// V14: a submission fence stands for work that is in the ring, and waits for nothing else.
    private boolean waitsBeforeFence(List<ByteBuffer> submits) {
        if (!file.kernel().driver().modes().evictionFences()) {
            return false;
        }
        for (ByteBuffer submit : submits) {
            UserArray syncs = syncsOf(submit);
            boolean waits =
                    syncs.errno() == 0
                            && syncs.elements().stream()
                                    .anyMatch(sync ->
                                            (sync.getInt(SyncOp.FLAGS) & SyncOp.SIGNAL) == 0);
            if (waits) {
                return true;
            }
        }
        return false;
    }

    private UserArray syncsOf(ByteBuffer submit) {
        return new UserArray(
                file.memory(), submit, QueueSubmitArgs.SYNCS, SyncOp.SIZE, SyncOp.MIN_SIZE);
    }

    /// Drivers since v6.13 refuse jobs for a group that is dead.
    private boolean canRun(@Nullable Group group, List<ByteBuffer> submits) {
        return group == null
                || submits.isEmpty()
                || !file.kernel().driver().isMainline2026()
                || group.canRun();
    }

    private void abandon(List<DrmSchedJob> jobs) {
        GroupOperations operations = file.device().groups();
        for (DrmSchedJob job : jobs) {
            if (job instanceof PanthorJob own) {
                operations.abandon(own);
            }
        }
    }

    private int createJobs(@Nullable Group group, List<ByteBuffer> submits, SubmitContext context) {
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
            int result = context.add(job, syncsOf(submit));
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }
}
