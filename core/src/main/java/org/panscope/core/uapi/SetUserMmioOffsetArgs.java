package org.panscope.core.uapi;

/// Layout of `drm_panthor_set_user_mmio_offset`: where a file maps registers.
///
/// ```
///    0  u64  offset: 1 << 43 or 1 << 56
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class SetUserMmioOffsetArgs {
    public static final int OFFSET = 0;

    /// Bytes of the struct.
    public static final int SIZE = 8;

    private SetUserMmioOffsetArgs() {}
}
