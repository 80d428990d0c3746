package org.panscope.core.uapi;

/// Layout of `drm_panthor_group_priorities_info`: what priorities the caller may use.
///
/// ```
///    0  u8   allowed_mask: bit i = priority i
///    1  u8   pad: three bytes
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class GroupPrioritiesInfo {
    public static final int ALLOWED_MASK = 0;
    public static final int PAD = 1;

    /// Bytes of the struct.
    public static final int SIZE = 4;

    /// Smallest size accepted: up to the last mandatory member.
    public static final int MIN_SIZE = 4;

    private GroupPrioritiesInfo() {}
}
