package org.panscope.core.kernel.base;

/// The state of the driver's own code that is emulated, where versions differ (scheduling, job
/// timers, locked look-ups). The series' additions stand on either.
///
/// kernel: panthor_sched.c of v6.11, and of 2026 with the fixes that landed since
public enum DriverProfile {
    /// The v6.11 base the series was posted on.
    RFC_2024,
    /// The driver of 2026 (v7.0): idle state from the queue masks, rotation of equal priorities, a
    /// timer of each queue, registered groups.
    MAINLINE_2026
}
