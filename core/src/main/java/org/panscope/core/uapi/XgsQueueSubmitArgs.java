package org.panscope.core.uapi;

/// Layout of `drm_panthor_xgs_queue_submit`: a job for an XGS queue.
///
/// ```
///    0  u32  handle
///    4  u32  flags
///    8  obj  ops: array of [XgsOp]
///   24  obj  syncs: array of [SyncOp]
/// ```
///
/// RFC 20240828172605.19176, patch 1/8
public final class XgsQueueSubmitArgs {
    public static final int HANDLE = 0;
    public static final int FLAGS = 4;
    public static final int OPS = 8;
    public static final int SYNCS = 24;

    /// Bytes of the struct.
    public static final int SIZE = 40;

    /// FLAGS: declared, ignored.
    public static final int ERROR_BARRIER_PRE = 1;

    /// FLAGS: declared, ignored.
    public static final int ERROR_BARRIER_POST = 1 << 1;

    private XgsQueueSubmitArgs() {}
}
