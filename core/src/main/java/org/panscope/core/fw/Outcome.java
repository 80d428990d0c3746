package org.panscope.core.fw;

/// What executing one instruction led to.
enum Outcome {
    /// Go on with the next instruction.
    NEXT,
    /// Go on where the instruction pointer now stands.
    JUMPED,
    /// Try the same instruction again when something changes.
    BLOCKED,
    /// The stream reported a fatal exception, or waits for the host after a memory fault.
    STOPPED
}
