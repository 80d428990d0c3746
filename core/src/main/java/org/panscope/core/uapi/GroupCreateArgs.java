package org.panscope.core.uapi;

/// Layout of `drm_panthor_group_create`: a new group, as the RFC grew it from 56 to 64 bytes.
///
/// ```
///    0  obj  queues: array of [QueueCreateArgs], written back
///   16  u8   max_compute_cores
///   17  u8   max_fragment_cores
///   18  u8   max_tiler_cores
///   19  u8   priority: 0 LOW to 3 REALTIME
///   20  u32  flags
///   24  u64  compute_core_mask
///   32  u64  fragment_core_mask
///   40  u64  tiler_core_mask
///   48  u32  vm_id
///   52  u32  group_handle: out
///   56  u32  eventfd_sync_update: signed fd, negative = none
///   60  u32  eventfd_group_state: declared, never read
/// ```
///
/// RFC 20240828172605.19176, patch 1/8
public final class GroupCreateArgs {
    public static final int QUEUES = 0;
    public static final int MAX_COMPUTE_CORES = 16;
    public static final int MAX_FRAGMENT_CORES = 17;
    public static final int MAX_TILER_CORES = 18;
    public static final int PRIORITY = 19;
    public static final int FLAGS = 20;
    public static final int COMPUTE_CORE_MASK = 24;
    public static final int FRAGMENT_CORE_MASK = 32;
    public static final int TILER_CORE_MASK = 40;
    public static final int VM_ID = 48;
    public static final int GROUP_HANDLE = 52;
    public static final int EVENTFD_SYNC_UPDATE = 56;
    public static final int EVENTFD_GROUP_STATE = 60;

    /// Bytes of the struct.
    public static final int SIZE = 64;

    /// FLAGS: work comes through the mapped ring, not through GROUP_SUBMIT.
    public static final int USER_SUBMIT = 1;

    /// Bytes of the struct before the RFC.
    public static final int BASE_SIZE = 56;

    private GroupCreateArgs() {}
}
