package org.panscope.core.state;

/// Random access to the states of a trace: keyframes and replay behind one question. Safe for use
/// by several threads.
public interface StateHistory {
    /// The state after the first `position` events, `0 <= position <= eventCount`.
    MachineState at(long position);
}
