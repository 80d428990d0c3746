package org.panscope.core.uapi;

/// Layout of `drm_panthor_bo_set_label`: names a buffer object.
///
/// ```
///    0  u32  handle
///    4  u32  pad: must be 0
///    8  u64  label: user pointer to a string, 0 for none
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class BoSetLabelArgs {
    public static final int HANDLE = 0;
    public static final int PAD = 4;
    public static final int LABEL = 8;

    /// Bytes of the struct.
    public static final int SIZE = 16;

    /// Longest label, with its end.
    public static final int MAX_LABEL_BYTES = 4096;

    private BoSetLabelArgs() {}
}
