package org.panscope.core.user;

import org.panscope.core.uapi.GroupSubmitArgs;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.QueueSubmitArgs;
import org.panscope.core.uapi.UserMemory;

import java.nio.ByteBuffer;
import java.util.List;

/// A queue of a kernel-submit group as its owner drives it: GROUP_SUBMIT names a stream in GPU
/// memory, the kernel writes the ring.
public final class KernelSubmitQueue {
    private final DrmFile file;
    private final UserGroup group;
    private final int index;

    public KernelSubmitQueue(DrmFile file, UserGroup group, int index) {
        this.file = file;
        this.group = group;
        this.index = index;
    }

    /// GROUP_SUBMIT of one job.
    ///
    /// @param streamVa where the GPU finds the stream; 0 for a job that only carries syncs
    /// @param streamBytes its length
    /// @param syncs what to wait for and to signal
    public int submit(long streamVa, int streamBytes, List<SyncWish> syncs) {
        ByteBuffer job = UserMemory.struct(QueueSubmitArgs.SIZE);
        job.putInt(QueueSubmitArgs.QUEUE_INDEX, index);
        job.putInt(QueueSubmitArgs.STREAM_SIZE, streamBytes);
        job.putLong(QueueSubmitArgs.STREAM_ADDR, streamVa);
        List<ByteBuffer> ops = SyncWish.structsOf(syncs);
        long opArray = file.putArray(job, QueueSubmitArgs.SYNCS, SyncWish.STRIDE, ops);
        ByteBuffer args = UserMemory.struct(GroupSubmitArgs.SIZE);
        args.putInt(GroupSubmitArgs.GROUP_HANDLE, group.handle());
        long jobArray =
                file.putArray(
                        args, GroupSubmitArgs.QUEUE_SUBMITS, QueueSubmitArgs.SIZE, List.of(job));
        int errno = file.ioctl(Ioctl.GROUP_SUBMIT, args);
        file.free(jobArray);
        file.free(opArray);
        return errno;
    }
}
