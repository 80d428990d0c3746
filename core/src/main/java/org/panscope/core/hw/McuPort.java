package org.panscope.core.hw;

/// What the GPU tells its microcontroller. The firmware of the emulator stands behind it.
public interface McuPort {
    /// MCU_CONTROL was written.
    void control(int value);

    /// A doorbell page was written; called a latency later, as the firmware's actor.
    void doorbell(int id);

    /// An address space got a new translation table, or lost it.
    void addressSpaceUpdated(int as);

    /// A locked region of an address space was opened again.
    void addressSpaceUnlocked(int as);

    /// Whether any stream of a group executes something.
    boolean isExecuting();

    /// The GPU was reset: everything in flight is gone.
    void reset();
}
