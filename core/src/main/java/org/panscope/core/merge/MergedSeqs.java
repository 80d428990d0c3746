package org.panscope.core.merge;

import org.panscope.trace.io.EventHeader;

import java.util.Arrays;

/// Where the events of one trace went in the merged one, remembered only for a trace whose events
/// name causes: eight bytes an event.
final class MergedSeqs {
    private static final int FIRST_ROOM = 1024;

    private final boolean remembers;
    private long[] merged = new long[0];
    private int size;

    MergedSeqs(boolean remembers) {
        this.remembers = remembers;
    }

    void add(long seq) {
        if (remembers) {
            if (size == merged.length) {
                merged = Arrays.copyOf(merged, Math.max(FIRST_ROOM, size * 2));
            }
            merged[size++] = seq;
        }
    }

    /// The event that is a cause, which comes before what it causes; none when it is not known.
    long cause(long own) {
        return own >= 0 && own < size ? merged[(int) own] : EventHeader.NO_CAUSE;
    }
}
