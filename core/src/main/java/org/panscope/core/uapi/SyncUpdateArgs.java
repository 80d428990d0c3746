package org.panscope.core.uapi;

/// Layout of `drm_panthor_sync_update`: says that a sync object changed.
///
/// ```
///    0  u64  pad: must be 0
/// ```
///
/// RFC 20240828172605.19176, patch 1/8
public final class SyncUpdateArgs {
    public static final int PAD = 0;

    /// Bytes of the struct.
    public static final int SIZE = 8;

    private SyncUpdateArgs() {}
}
