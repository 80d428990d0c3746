package org.panscope.core.uapi;

/// Layout of `drm_panthor_xgs_queue_destroy`: gives an XGS queue up.
///
/// ```
///    0  u32  handle
///    4  u32  pad: must be 0
/// ```
///
/// RFC 20240828172605.19176, patch 1/8
public final class XgsQueueDestroyArgs {
    public static final int HANDLE = 0;
    public static final int PAD = 4;

    /// Bytes of the struct.
    public static final int SIZE = 8;

    private XgsQueueDestroyArgs() {}
}
