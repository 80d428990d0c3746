package org.panscope.core.uapi;

/// Layout of `drm_panthor_dev_query`: asks for properties of the device.
///
/// ```
///    0  u32  type
///    4  u32  query_size: bytes at `pointer`
///    8  u64  pointer: user pointer, 0 to ask for the size
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class DevQueryArgs {
    public static final int TYPE = 0;
    public static final int QUERY_SIZE = 4;
    public static final int POINTER = 8;

    /// Bytes of the struct.
    public static final int SIZE = 16;

    /// TYPE: answers with [GpuInfo].
    public static final int GPU_INFO = 0;

    /// TYPE: answers with [CsifInfo].
    public static final int CSIF_INFO = 1;

    /// TYPE: answers with [TimestampInfo] (1.1, v6.13).
    public static final int TIMESTAMP_INFO = 2;

    /// TYPE: answers with [GroupPrioritiesInfo] (1.2, v6.13).
    public static final int GROUP_PRIORITIES_INFO = 3;

    /// TYPE: answers with [MmuInfo] (2026).
    public static final int MMU_INFO = 4;

    private DevQueryArgs() {}
}
