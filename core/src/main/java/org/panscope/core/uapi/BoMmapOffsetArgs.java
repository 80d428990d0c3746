package org.panscope.core.uapi;

/// Layout of `drm_panthor_bo_mmap_offset`: where to mmap a buffer object.
///
/// ```
///    0  u32  handle
///    4  u32  pad: must be 0
///    8  u64  offset: out, file offset
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class BoMmapOffsetArgs {
    public static final int HANDLE = 0;
    public static final int PAD = 4;
    public static final int OFFSET = 8;

    /// Bytes of the struct.
    public static final int SIZE = 16;

    private BoMmapOffsetArgs() {}
}
