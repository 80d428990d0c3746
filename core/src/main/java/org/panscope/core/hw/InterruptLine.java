package org.panscope.core.hw;

/// One of the GPU's three interrupt lines. Level triggered: asserted while `RAWSTAT & MASK` is not
/// 0.
public interface InterruptLine {
    /// Connects the driver's hard interrupt handler. It runs as a callback of the simulation, a
    /// delivery latency after the line went up, and again as long as it finds the line up after it
    /// ran.
    void connect(Runnable hardHandler);
}
