package org.panscope.core.hw;

/// What the GPU tells its microcontroller. The firmware of the emulator stands behind it.
public interface McuPort {
    /// MCU_CONTROL was written.
    void control(int value);

    /// A doorbell page was written; called a latency later, as the firmware's actor.
    void doorbell(int id);

    /// An address space got a new translation table, or lost it.
    void addressSpaceUpdated(int as);

    /// The GPU was reset: everything in flight is gone.
    void reset();
}
