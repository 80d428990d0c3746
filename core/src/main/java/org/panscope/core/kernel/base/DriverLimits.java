package org.panscope.core.kernel.base;

/// Numbers of the series that are open to discussion.
///
/// @param xgsTimeoutMs limit of an XGS job, from the moment it starts to run
/// @param memoryLimitBytes memory that buffer objects of users may take before some are reclaimed;
///   0 for no limit, as in the series
/// @param profiling what the device attribute `profiling` starts with: 1 cycles, 2 timestamps
public record DriverLimits(int xgsTimeoutMs, long memoryLimitBytes, int profiling) {
    private static final int XGS_TIMEOUT_MS = 5000;

    public static final DriverLimits DEFAULT = new DriverLimits(XGS_TIMEOUT_MS, 0, 0);

    public DriverLimits {
        if (xgsTimeoutMs < 1) {
            throw new IllegalArgumentException("param.xgs_timeout_ms is at least 1");
        }
        if (memoryLimitBytes < 0) {
            throw new IllegalArgumentException("param.memory_limit_bytes is not negative");
        }
        if (profiling < 0 || profiling > 3) {
            throw new IllegalArgumentException("param.profiling is 0 to 3");
        }
    }
}
