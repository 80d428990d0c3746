package org.panscope.core.sim;

/// Told when simulated threads get and give away a CPU. The machine has as many as it takes: a
/// thread never waits for one. What it is told must not change what the machine does.
public interface ThreadListener {

    /// How a thread is, that does not run.
    enum Rest {
        /// Waits, and a signal would end that.
        INTERRUPTIBLE,
        /// Waits.
        UNINTERRUPTIBLE,
        /// A worker without work.
        IDLE,
        /// Has ended.
        DEAD
    }

    /// A thread is about to run, for the first time or again.
    void runs(Actor thread);

    /// The running thread gives its CPU away.
    void rests(Actor thread, Rest how);
}
