package org.panscope.core.uapi;

/// Layout of `drm_panthor_xgs_queue_create`: a queue of kernel-executed sync operations.
///
/// ```
///    0  u32  vm_id
///    4  u32  eventfd_sync_update: signed fd, negative = none
///    8  u32  handle: out
///   12  u32  pad: must be 0
/// ```
///
/// RFC 20240828172605.19176, patch 1/8
public final class XgsQueueCreateArgs {
    public static final int VM_ID = 0;
    public static final int EVENTFD_SYNC_UPDATE = 4;
    public static final int HANDLE = 8;
    public static final int PAD = 12;

    /// Bytes of the struct.
    public static final int SIZE = 16;

    private XgsQueueCreateArgs() {}
}
