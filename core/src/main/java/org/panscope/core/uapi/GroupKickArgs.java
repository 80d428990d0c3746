package org.panscope.core.uapi;

/// Layout of `drm_panthor_group_kick`: asks the scheduler to look at a group.
///
/// ```
///    0  u32  handle
///    4  u32  queue_mask: bit i = queue i
/// ```
///
/// RFC 20240828172605.19176, patch 1/8
public final class GroupKickArgs {
    public static final int HANDLE = 0;
    public static final int QUEUE_MASK = 4;

    /// Bytes of the struct.
    public static final int SIZE = 8;

    private GroupKickArgs() {}
}
