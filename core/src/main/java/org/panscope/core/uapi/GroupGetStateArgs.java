package org.panscope.core.uapi;

/// Layout of `drm_panthor_group_get_state`: whether a group still lives.
///
/// ```
///    0  u32  group_handle
///    4  u32  state: out
///    8  u32  fatal_queues: out, mask
///   12  u32  pad: must be 0
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class GroupGetStateArgs {
    public static final int GROUP_HANDLE = 0;
    public static final int STATE = 4;
    public static final int FATAL_QUEUES = 8;
    public static final int PAD = 12;

    /// Bytes of the struct.
    public static final int SIZE = 16;

    /// STATE: a job or the firmware took too long.
    public static final int TIMEDOUT = 1;

    /// STATE: a queue met an unrecoverable fault.
    public static final int FATAL_FAULT = 1 << 1;

    /// STATE: it was fit to run until a reset found that it could not be suspended (v1.3 of the
    /// interface).
    public static final int INNOCENT = 1 << 2;

    private GroupGetStateArgs() {}
}
