package org.panscope.core.uapi;

/// Layout of `drm_gem_close`: gives a handle of a buffer object up.
///
/// ```
///    0  u32  handle
///    4  u32  pad: not looked at
/// ```
///
/// include/uapi/drm/drm.h
public final class GemCloseArgs {
    public static final int HANDLE = 0;
    public static final int PAD = 4;

    /// Bytes of the struct.
    public static final int SIZE = 8;

    private GemCloseArgs() {}
}
