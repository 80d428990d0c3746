package org.panscope.core.uapi;

/// Layout of `drm_panthor_bo_sync`: cache maintenance of buffer objects.
///
/// ```
///    0  obj  ops: array of [BoSyncOp]
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class BoSyncArgs {
    public static final int OPS = 0;

    /// Bytes of the struct.
    public static final int SIZE = 16;

    private BoSyncArgs() {}
}
