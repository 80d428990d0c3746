package org.panscope.core.kernel.base;

/// Which driver is emulated.
///
/// @param profile state of its code
/// @param uapi numbers of its ioctls, and with them whether it knows user submission
public record DriverChoice(DriverProfile profile, UapiDialect uapi) {
    /// The series on its own base.
    public static final DriverChoice DEFAULT =
            new DriverChoice(DriverProfile.RFC_2024, UapiDialect.RFC_USERSUBMIT_V1);
}
