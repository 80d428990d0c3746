package org.panscope.core.explain;

import org.panscope.trace.event.Labelled;

/// What one link of an explanation comes to.
public enum Verdict implements Labelled {
    /// It runs: nothing is wrong with it.
    RUNNING,
    /// There is nothing left to wait for or to do.
    DONE,
    /// It waits for what follows.
    WAITING,
    /// Here the chain ends: this is why.
    ROOT_CAUSE,
    /// The trace does not tell how it goes on.
    UNKNOWN
}
