package org.panscope.core.uapi;

/// Layout of `drm_syncobj_transfer`: copies the fence of one syncobj to another.
///
/// ```
///    0  u32  src_handle
///    4  u32  dst_handle
///    8  u64  src_point: 0 = the fence it holds
///   16  u64  dst_point: 0 = replace the fence
///   24  u32  flags
///   28  u32  pad: must be 0
/// ```
///
/// include/uapi/drm/drm.h
public final class SyncobjTransferArgs {
    public static final int SRC_HANDLE = 0;
    public static final int DST_HANDLE = 4;
    public static final int SRC_POINT = 8;
    public static final int DST_POINT = 16;
    public static final int FLAGS = 24;
    public static final int PAD = 28;

    /// Bytes of the struct.
    public static final int SIZE = 32;

    private SyncobjTransferArgs() {}
}
