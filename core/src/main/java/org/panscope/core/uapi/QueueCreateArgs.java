package org.panscope.core.uapi;

/// Layout of `drm_panthor_queue_create`: a queue of a new group, as the RFC grew it from 8 to 32
/// bytes.
///
/// ```
///    0  u8   priority: 0 to 15, 15 highest
///    1  u8   pad: three bytes, must be 0
///    4  u32  ringbuf_size: bytes, power of two, 4 KiB to 64 KiB
///    8  u64  ringbuf_offset: out, 0 on entry, file offset
///   16  u64  user_io_offset: out, 0 on entry, file offset
///   24  u64  doorbell_offset: out, 0 on entry, file offset
/// ```
///
/// RFC 20240828172605.19176, patch 1/8
public final class QueueCreateArgs {
    public static final int PRIORITY = 0;
    public static final int PAD = 1;
    public static final int RINGBUF_SIZE = 4;
    public static final int RINGBUF_OFFSET = 8;
    public static final int USER_IO_OFFSET = 16;
    public static final int DOORBELL_OFFSET = 24;

    /// Bytes of the struct.
    public static final int SIZE = 32;

    /// Smallest array stride accepted: up to the last mandatory member.
    public static final int MIN_SIZE = 8;

    private QueueCreateArgs() {}
}
