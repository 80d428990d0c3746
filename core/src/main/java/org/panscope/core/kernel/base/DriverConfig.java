package org.panscope.core.kernel.base;

/// How the emulated driver differs from the series as posted.
///
/// @param choice which driver
/// @param fixes what is mended
/// @param modes other designs
/// @param limits numbers
public record DriverConfig(
        DriverChoice choice, DriverFixes fixes, DriverModes modes, DriverLimits limits) {
    /// The series as posted.
    public static final DriverConfig AS_POSTED =
            new DriverConfig(
                    DriverChoice.DEFAULT, DriverFixes.NONE, DriverModes.NONE, DriverLimits.DEFAULT);

    public boolean isMainline2026() {
        return choice.profile() == DriverProfile.MAINLINE_2026;
    }

    /// Whether the driver knows the ioctls and flags of the series.
    public boolean hasUserSubmission() {
        return choice.uapi() == UapiDialect.RFC_USERSUBMIT_V1;
    }
}
