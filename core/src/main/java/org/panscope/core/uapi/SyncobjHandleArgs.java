package org.panscope.core.uapi;

/// Layout of `drm_syncobj_handle`: a descriptor of a syncobj, or a syncobj of a descriptor.
///
/// ```
///    0  u32  handle
///    4  u32  flags
///    8  s32  fd
///   12  u32  pad: must be 0
///   16  u64  point: of a timeline, since v6.16
/// ```
///
/// include/uapi/drm/drm.h
public final class SyncobjHandleArgs {
    public static final int HANDLE = 0;
    public static final int FLAGS = 4;
    public static final int FD = 8;
    public static final int PAD = 12;
    public static final int POINT = 16;

    /// Bytes of the struct.
    public static final int SIZE = 24;

    /// Bytes of the struct before v6.16, which ends with the pad.
    public static final int BASE_SIZE = 16;

    /// FLAGS: a sync_file of the fence, not the syncobj itself.
    public static final int SYNC_FILE = 1;

    /// FLAGS: POINT is meant (v6.16).
    public static final int TIMELINE = 1 << 1;

    private SyncobjHandleArgs() {}
}
