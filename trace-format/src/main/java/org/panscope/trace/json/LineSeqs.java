package org.panscope.trace.json;

import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;

/// Numbers that lines give their events, which may have gaps (a filtered dump, a bad line), to the
/// dense ones of the trace being written.
public final class LineSeqs {
    private final List<Run> runs = new ArrayList<>();
    private long lastGiven = -1;
    private long nextDense;

    /// Takes the number of the next event.
    ///
    /// @return false if it is not greater than the one before; the event then has no number that a
    ///   later line could name
    public boolean add(long given) {
        long dense = nextDense++;
        if (given <= lastGiven) {
            return false;
        }
        Run last = runs.isEmpty() ? null : runs.getLast();
        if (last == null || given - last.given() != dense - last.dense()) {
            runs.add(new Run(given, dense));
        }
        lastGiven = given;
        return true;
    }

    /// The number in the new trace of the event that lines call `given`, or [EventHeader#NO_CAUSE]
    /// if there is none. Events still to come are assumed to follow without a gap.
    public long dense(long given) {
        int low = 0;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (runs.get(middle).given() <= given) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return EventHeader.NO_CAUSE;
        }
        Run run = runs.get(low - 1);
        long dense = run.dense() + given - run.given();
        boolean inRun = low == runs.size() || dense < runs.get(low).dense();
        return inRun ? dense : EventHeader.NO_CAUSE;
    }

    /// From `given` on, numbers grow alike.
    private record Run(long given, long dense) {}
}
