package org.panscope.core.user;

import org.panscope.core.uapi.QueueSubmitArgs;
import org.panscope.core.uapi.UserMemory;

import java.nio.ByteBuffer;
import java.util.List;

/// A job of GROUP_SUBMIT (`drm_panthor_queue_submit`): a stream that a queue is to call, or none.
///
/// @param queue index of the queue
/// @param va where the GPU finds the stream; 0 for a job that only carries syncs
/// @param sizeBytes its length
/// @param latestFlush LATEST_FLUSH_ID before the stream was written; 0 for a flush in any case
/// @param syncs what to wait for and to signal
public record StreamCall(int queue, long va, int sizeBytes, int latestFlush, List<SyncWish> syncs) {
    static final int STRIDE = QueueSubmitArgs.SIZE;

    public StreamCall {
        syncs = List.copyOf(syncs);
    }

    /// The struct, without its syncs.
    ByteBuffer struct() {
        ByteBuffer job = UserMemory.struct(QueueSubmitArgs.SIZE);
        job.putInt(QueueSubmitArgs.QUEUE_INDEX, queue);
        job.putInt(QueueSubmitArgs.STREAM_SIZE, sizeBytes);
        job.putLong(QueueSubmitArgs.STREAM_ADDR, va);
        job.putInt(QueueSubmitArgs.LATEST_FLUSH, latestFlush);
        return job;
    }
}
