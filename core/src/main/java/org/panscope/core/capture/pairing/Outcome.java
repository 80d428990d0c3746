package org.panscope.core.capture.pairing;

/// How an interval came to its end.
public enum Outcome {
    /// Its end was seen.
    ENDED,
    /// Its end was seen, and a timeout or a reset brought it about rather than the hardware; this
    /// is inferred, since no event says so.
    TIMED_OUT,
    /// Something was seen that cannot happen before the end, and the end was not: the object was
    /// destroyed, or begins again.
    ABANDONED
}
