package org.panscope.core.uapi;

/// Layout of `drm_syncobj_eventfd`: an eventfd to signal with a point.
///
/// ```
///    0  u32  handle
///    4  u32  flags
///    8  u64  point
///   16  s32  fd
///   20  u32  pad: must be 0
/// ```
///
/// include/uapi/drm/drm.h
public final class SyncobjEventfdArgs {
    public static final int HANDLE = 0;
    public static final int FLAGS = 4;
    public static final int POINT = 8;
    public static final int FD = 16;
    public static final int PAD = 20;

    /// Bytes of the struct.
    public static final int SIZE = 24;

    private SyncobjEventfdArgs() {}
}
