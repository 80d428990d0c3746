package org.panscope.core.kernel.base;

/// Other designs than the one posted, to compare with.
///
/// @param evictionFences V14: fences are made on request for what was pushed, and an eviction fence
///   of the VM waits for them
/// @param jobPerSubmit V10: a context runs only while a kernel job says so
public record DriverModes(boolean evictionFences, boolean jobPerSubmit) {
    /// As posted.
    public static final DriverModes NONE = new DriverModes(false, false);
}
