package org.panscope.core.kernel.sched;

/// What limits the time of a queue's jobs. Time without a slot does not count, unless the queue
/// waits for somebody else.
public interface QueueTimeout {
    /// The queue exists, and events may tell of it.
    void created();

    /// Its stream was programmed with work in the ring.
    void programmed();

    /// Its stream was given up: `cs_slot_reset_locked`.
    void slotLost(boolean blocked);

    /// A job was written while the group has no slot.
    void writtenOffSlot(boolean blocked);

    /// A job was written while the group has a slot.
    void writtenOnSlot();

    /// The queue's jobs were looked at.
    ///
    /// @param some whether some were done
    void looked(boolean some);

    /// `queue_stop`.
    void stop();

    /// `queue_start`.
    void start();

    boolean isRunning();

    boolean isSuspended();

    /// Time left, when it runs or is suspended.
    long remainingNs();
}
