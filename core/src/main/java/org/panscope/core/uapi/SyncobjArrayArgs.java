package org.panscope.core.uapi;

/// Layout of `drm_syncobj_array`: syncobjs to reset or to signal.
///
/// ```
///    0  u64  handles: user pointer to u32 handles
///    8  u32  count_handles
///   12  u32  pad: must be 0
/// ```
///
/// include/uapi/drm/drm.h
public final class SyncobjArrayArgs {
    public static final int HANDLES = 0;
    public static final int COUNT_HANDLES = 8;
    public static final int PAD = 12;

    /// Bytes of the struct.
    public static final int SIZE = 16;

    private SyncobjArrayArgs() {}
}
