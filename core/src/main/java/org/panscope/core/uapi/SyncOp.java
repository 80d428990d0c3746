package org.panscope.core.uapi;

/// Layout of `drm_panthor_sync_op`: a syncobj to wait for or to signal.
///
/// ```
///    0  u32  flags
///    4  u32  handle: syncobj
///    8  u64  timeline_value: point, 0 for binary
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class SyncOp {
    public static final int FLAGS = 0;
    public static final int HANDLE = 4;
    public static final int TIMELINE_VALUE = 8;

    /// Bytes of the struct.
    public static final int SIZE = 16;

    /// Smallest array stride accepted: up to the last mandatory member.
    public static final int MIN_SIZE = 16;

    /// Bits of FLAGS that hold the handle type.
    public static final int HANDLE_TYPE_MASK = 0xff;

    /// A binary syncobj.
    public static final int HANDLE_TYPE_SYNCOBJ = 0;

    /// A timeline syncobj.
    public static final int HANDLE_TYPE_TIMELINE_SYNCOBJ = 1;

    /// Bit of FLAGS: signal instead of wait.
    public static final int SIGNAL = 1 << 31;

    private SyncOp() {}
}
