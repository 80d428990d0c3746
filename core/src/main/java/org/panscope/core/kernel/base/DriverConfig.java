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

    /// R1: whether a group handle can be used only once the group is on a list. The driver of 2026
    /// marks registered groups.
    public boolean marksRegistered() {
        return isMainline2026() || fixes.registerMark();
    }

    /// R6: whether handles are looked up and referenced under the lock of their pool.
    public boolean looksUpLocked() {
        return isMainline2026() || fixes.lockedLookup();
    }

    /// Whether the driver knows the ioctls and flags of the series.
    public boolean hasUserSubmission() {
        return choice.uapi() == UapiDialect.RFC_USERSUBMIT_V1;
    }
}
