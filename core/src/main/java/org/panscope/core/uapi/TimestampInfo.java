package org.panscope.core.uapi;

/// Layout of `drm_panthor_timestamp_info`: the GPU's clock.
///
/// ```
///    0  u64  timestamp_frequency: Hz
///    8  u64  current_timestamp
///   16  u64  timestamp_offset
///   24  u32  flags: in (2026)
///   28  u32  duration_nsec: time spent sampling (2026)
///   32  u64  cycle_count (2026)
///   40  u64  cpu_timestamp_sec (2026)
///   48  u64  cpu_timestamp_nsec (2026)
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class TimestampInfo {
    public static final int TIMESTAMP_FREQUENCY = 0;
    public static final int CURRENT_TIMESTAMP = 8;
    public static final int TIMESTAMP_OFFSET = 16;
    public static final int FLAGS = 24;
    public static final int DURATION_NSEC = 28;
    public static final int CYCLE_COUNT = 32;
    public static final int CPU_TIMESTAMP_SEC = 40;
    public static final int CPU_TIMESTAMP_NSEC = 48;

    /// Bytes of the struct.
    public static final int SIZE = 56;

    /// Smallest size accepted: up to the last mandatory member.
    public static final int MIN_SIZE = 16;

    /// FLAGS: sample the GPU's timestamp.
    public static final int GPU = 1;

    /// FLAGS: bits of the CPU clock to sample: 0 none, 1 monotonic, 2 monotonic raw.
    public static final int CPU_TYPE_MASK = 7 << 1;

    /// FLAGS: sample the offset.
    public static final int GPU_OFFSET = 1 << 4;

    /// FLAGS: sample the cycle counter.
    public static final int GPU_CYCLE_COUNT = 1 << 5;

    /// FLAGS: tell the frequency.
    public static final int FREQ = 1 << 6;

    /// FLAGS: tell how long sampling took.
    public static final int DURATION = 1 << 7;

    private TimestampInfo() {}
}
