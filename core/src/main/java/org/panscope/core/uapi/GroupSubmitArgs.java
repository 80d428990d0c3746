package org.panscope.core.uapi;

/// Layout of `drm_panthor_group_submit`: jobs for the queues of a group.
///
/// ```
///    0  u32  group_handle
///    4  u32  pad: must be 0
///    8  obj  queue_submits: array of [QueueSubmitArgs]
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class GroupSubmitArgs {
    public static final int GROUP_HANDLE = 0;
    public static final int PAD = 4;
    public static final int QUEUE_SUBMITS = 8;

    /// Bytes of the struct.
    public static final int SIZE = 24;

    private GroupSubmitArgs() {}
}
