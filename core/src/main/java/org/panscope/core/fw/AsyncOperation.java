package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sim.Simulation;

/// An operation that holds a scoreboard slot: it waits for slots, runs for a while, then does what
/// its instruction says. Operands were read when it was issued.
final class AsyncOperation {
    final long number;
    final int slot;
    final int waitMask;
    final long word;
    final long address;
    final long data;
    long remainingNs;
    long cause;
    boolean started;

    /// Whether its last attempt met a memory fault, which the host has not resolved yet.
    boolean faulted;

    Simulation.@Nullable Timer timer;

    /// The endpoint work it stands for, or null.
    @Nullable EndpointJob job;

    /// An operation that was just issued.
    ///
    /// @param number order of issue within the stream
    /// @param word its instruction
    /// @param remainingNs how long it runs once it has started, negative when that depends on what
    ///   is there then
    AsyncOperation(
            long number,
            int slot,
            int waitMask,
            long word,
            long address,
            long data,
            long remainingNs,
            long cause) {
        this.number = number;
        this.slot = slot;
        this.waitMask = waitMask;
        this.word = word;
        this.address = address;
        this.data = data;
        this.remainingNs = remainingNs;
        this.cause = cause;
    }
}
