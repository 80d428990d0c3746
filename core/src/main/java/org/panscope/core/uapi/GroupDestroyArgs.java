package org.panscope.core.uapi;

/// Layout of `drm_panthor_group_destroy`: gives a group up.
///
/// ```
///    0  u32  group_handle
///    4  u32  pad: must be 0
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class GroupDestroyArgs {
    public static final int GROUP_HANDLE = 0;
    public static final int PAD = 4;

    /// Bytes of the struct.
    public static final int SIZE = 8;

    private GroupDestroyArgs() {}
}
