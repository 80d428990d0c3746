package org.panscope.app.timeline;

import org.panscope.core.timeline.Counter;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.TimelineRow;

/// Finds the event before or after a time among those a row shows.
final class RowSteps {
    private RowSteps() {}

    /// The neighbour of a time on a row.
    ///
    /// @param direction positive for after, negative for before
    /// @return its seq, or -1 when there is none
    static long neighbour(TimelineRow row, long timeNs, int direction) {
        Best best = new Best(timeNs, direction > 0);
        long edge = direction > 0 ? timeNs + 1 : timeNs;
        for (StateBars bars : row.lanes()) {
            int index = direction > 0 ? bars.firstFrom(edge) : bars.firstFrom(edge) - 1;
            if (index >= 0 && index < bars.size()) {
                best.offer(bars.startNs(index), bars.seq(index));
            }
        }
        int first = row.instants().firstFrom(edge);
        int instant = direction > 0 ? first : first - 1;
        if (instant >= 0 && instant < row.instants().size()) {
            best.offer(row.instants().timeNs(instant), row.instants().seq(instant));
        }
        Counter counter = row.counter();
        if (counter != null) {
            int step = direction > 0 ? counter.at(timeNs) + 1 : counter.at(timeNs - 1);
            if (step >= 0 && step < counter.size()) {
                best.offer(counter.timeNs(step), counter.seq(step));
            }
        }
        return best.seq;
    }

    private static final class Best {
        private final boolean after;
        private final long fromNs;
        private long distance = Long.MAX_VALUE;
        private long seq = -1;

        Best(long fromNs, boolean after) {
            this.fromNs = fromNs;
            this.after = after;
        }

        void offer(long timeNs, long eventSeq) {
            long away = after ? timeNs - fromNs : fromNs - timeNs;
            if (away > 0 && away < distance) {
                distance = away;
                seq = eventSeq;
            }
        }
    }
}
