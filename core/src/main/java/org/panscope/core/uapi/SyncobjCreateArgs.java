package org.panscope.core.uapi;

/// Layout of `drm_syncobj_create`: a new syncobj.
///
/// ```
///    0  u32  handle: out
///    4  u32  flags
/// ```
///
/// include/uapi/drm/drm.h
public final class SyncobjCreateArgs {
    public static final int HANDLE = 0;
    public static final int FLAGS = 4;

    /// Bytes of the struct.
    public static final int SIZE = 8;

    /// FLAGS: starts out signalled.
    public static final int SIGNALED = 1;

    private SyncobjCreateArgs() {}
}
