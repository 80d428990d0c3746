package org.panscope.trace.perfetto;

import java.io.IOException;

/// Events of one packet that follow each other in time, taken one by one while those of other
/// packets come in between.
abstract class Run implements Comparable<Run> {
    private final long order;

    /// @param order of runs whose events have the same time
    Run(long order) {
        this.order = order;
    }

    /// Time of the current event.
    abstract long timeNs();

    /// Writes the current event.
    abstract void write() throws IOException;

    /// Moves on.
    ///
    /// @return false when there are no more events
    abstract boolean advance() throws IOException;

    @Override
    public final int compareTo(Run other) {
        int byTime = Long.compare(timeNs(), other.timeNs());
        return byTime != 0 ? byTime : Long.compare(order, other.order);
    }

    @Override
    public final boolean equals(Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(order);
    }
}
