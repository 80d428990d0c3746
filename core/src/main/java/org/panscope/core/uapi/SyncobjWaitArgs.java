package org.panscope.core.uapi;

/// Layout of `drm_syncobj_wait`: waits for syncobjs.
///
/// ```
///    0  u64  handles: user pointer to u32 handles
///    8  u64  timeout_nsec: signed, absolute
///   16  u32  count_handles
///   20  u32  flags
///   24  u32  first_signaled: out, index
///   28  u32  pad
///   32  u64  deadline_nsec: hint
/// ```
///
/// include/uapi/drm/drm.h
public final class SyncobjWaitArgs {
    public static final int HANDLES = 0;
    public static final int TIMEOUT_NSEC = 8;
    public static final int COUNT_HANDLES = 16;
    public static final int FLAGS = 20;
    public static final int FIRST_SIGNALED = 24;
    public static final int PAD = 28;
    public static final int DEADLINE_NSEC = 32;

    /// Bytes of the struct.
    public static final int SIZE = 40;

    /// FLAGS: wait for all of them.
    public static final int WAIT_ALL = 1;

    /// FLAGS: wait for a fence to appear first.
    public static final int WAIT_FOR_SUBMIT = 1 << 1;

    /// FLAGS of a wait for points: a fence for the point is enough, it need not have signalled.
    public static final int WAIT_AVAILABLE = 1 << 2;

    /// FLAGS: DEADLINE_NSEC tells when the fences are needed.
    public static final int WAIT_DEADLINE = 1 << 3;

    private SyncobjWaitArgs() {}
}
