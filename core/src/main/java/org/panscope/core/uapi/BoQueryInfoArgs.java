package org.panscope.core.uapi;

/// Layout of `drm_panthor_bo_query_info`: how a buffer object was made.
///
/// ```
///    0  u32  handle
///    4  u32  extra_flags: out
///    8  u32  create_flags: out
///   12  u32  pad: out, 0
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class BoQueryInfoArgs {
    public static final int HANDLE = 0;
    public static final int EXTRA_FLAGS = 4;
    public static final int CREATE_FLAGS = 8;
    public static final int PAD = 12;

    /// Bytes of the struct.
    public static final int SIZE = 16;

    /// EXTRA_FLAGS: it came from another device.
    public static final int IS_IMPORTED = 1;

    private BoQueryInfoArgs() {}
}
