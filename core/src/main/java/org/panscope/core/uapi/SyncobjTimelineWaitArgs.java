package org.panscope.core.uapi;

/// Layout of `drm_syncobj_timeline_wait`: waits for points of timeline syncobjs.
///
/// ```
///    0  u64  handles: user pointer to u32 handles
///    8  u64  points: user pointer to u64 points, 0 for all 0
///   16  u64  timeout_nsec: signed, absolute
///   24  u32  count_handles
///   28  u32  flags
///   32  u32  first_signaled: out, index
///   36  u32  pad
///   40  u64  deadline_nsec: hint
/// ```
///
/// include/uapi/drm/drm.h
public final class SyncobjTimelineWaitArgs {
    public static final int HANDLES = 0;
    public static final int POINTS = 8;
    public static final int TIMEOUT_NSEC = 16;
    public static final int COUNT_HANDLES = 24;
    public static final int FLAGS = 28;
    public static final int FIRST_SIGNALED = 32;
    public static final int PAD = 36;
    public static final int DEADLINE_NSEC = 40;

    /// Bytes of the struct.
    public static final int SIZE = 48;

    private SyncobjTimelineWaitArgs() {}
}
