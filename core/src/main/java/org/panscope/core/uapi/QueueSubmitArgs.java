package org.panscope.core.uapi;

/// Layout of `drm_panthor_queue_submit`: one job.
///
/// ```
///    0  u32  queue_index
///    4  u32  stream_size: bytes
///    8  u64  stream_addr: GPU address
///   16  u32  latest_flush
///   20  u32  pad: must be 0
///   24  obj  syncs: array of [SyncOp]
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class QueueSubmitArgs {
    public static final int QUEUE_INDEX = 0;
    public static final int STREAM_SIZE = 4;
    public static final int STREAM_ADDR = 8;
    public static final int LATEST_FLUSH = 16;
    public static final int PAD = 20;
    public static final int SYNCS = 24;

    /// Bytes of the struct.
    public static final int SIZE = 40;

    /// Smallest array stride accepted: up to the last mandatory member.
    public static final int MIN_SIZE = 40;

    private QueueSubmitArgs() {}
}
