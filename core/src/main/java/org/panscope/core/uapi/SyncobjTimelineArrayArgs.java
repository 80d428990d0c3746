package org.panscope.core.uapi;

/// Layout of `drm_syncobj_timeline_array`: points of several syncobjs.
///
/// ```
///    0  u64  handles: user pointer to u32 handles
///    8  u64  points: user pointer to u64 points
///   16  u32  count_handles
///   20  u32  flags
/// ```
///
/// include/uapi/drm/drm.h
public final class SyncobjTimelineArrayArgs {
    public static final int HANDLES = 0;
    public static final int POINTS = 8;
    public static final int COUNT_HANDLES = 16;
    public static final int FLAGS = 20;

    /// Bytes of the struct.
    public static final int SIZE = 24;

    /// FLAGS of a query: the head of the timeline, signalled or not.
    public static final int LAST_SUBMITTED = 1;

    private SyncobjTimelineArrayArgs() {}
}
