package org.panscope.core.uapi;

/// Layout of `drm_panthor_bo_sync_op`: cache maintenance of a range.
///
/// ```
///    0  u32  handle
///    4  u32  type
///    8  u64  offset: bytes
///   16  u64  size: bytes
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class BoSyncOp {
    public static final int HANDLE = 0;
    public static final int TYPE = 4;
    public static final int OFFSET = 8;
    public static final int RANGE_SIZE = 16;

    /// Bytes of the struct.
    public static final int SIZE = 24;

    /// Smallest size accepted: up to the last mandatory member.
    public static final int MIN_SIZE = 24;

    /// TYPE: what the CPU wrote goes to memory.
    public static final int CPU_CACHE_FLUSH = 0;

    /// TYPE: and the CPU reads from memory again.
    public static final int CPU_CACHE_FLUSH_AND_INVALIDATE = 1;

    private BoSyncOp() {}
}
