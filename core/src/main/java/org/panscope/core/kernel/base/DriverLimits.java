package org.panscope.core.kernel.base;

/// Numbers of the series that are open to discussion.
///
/// @param xgsTimeoutMs limit of an XGS job, from the moment it starts to run
public record DriverLimits(int xgsTimeoutMs) {
    private static final int XGS_TIMEOUT_MS = 5000;

    public static final DriverLimits DEFAULT = new DriverLimits(XGS_TIMEOUT_MS);

    public DriverLimits {
        if (xgsTimeoutMs < 1) {
            throw new IllegalArgumentException("param.xgs_timeout_ms is at least 1");
        }
    }
}
