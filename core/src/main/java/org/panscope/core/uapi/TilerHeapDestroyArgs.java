package org.panscope.core.uapi;

/// Layout of `drm_panthor_tiler_heap_destroy`: gives a tiler heap up.
///
/// ```
///    0  u32  handle
///    4  u32  pad: must be 0
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class TilerHeapDestroyArgs {
    public static final int HANDLE = 0;
    public static final int PAD = 4;

    /// Bytes of the struct.
    public static final int SIZE = 8;

    private TilerHeapDestroyArgs() {}
}
