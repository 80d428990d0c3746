package org.panscope.app.events;

import javafx.collections.ObservableListBase;

import org.jspecify.annotations.Nullable;
import org.panscope.core.filter.TrackPaths;
import org.panscope.trace.io.Trace;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// The rows of the event list: all events, or those a filter let through. Holds sequence numbers
/// only (none at all without a filter) and makes rows as they come into view.
///
/// A list control counts in `int`: of a longer trace the first 2^31 - 1 rows are shown.
public final class EventRows extends ObservableListBase<EventRow> {
    private static final int ROWS_KEPT = 512;

    private final Trace trace;
    private final TrackPaths tracks;
    private final long @Nullable [] seqs;
    private final int size;
    private final Map<Integer, EventRow> kept =
            new LinkedHashMap<>(ROWS_KEPT, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, EventRow> eldest) {
                    return size() > ROWS_KEPT;
                }
            };

    private EventRows(Trace trace, TrackPaths tracks, long @Nullable [] seqs) {
        this.trace = trace;
        this.tracks = tracks;
        this.seqs = seqs;
        size = seqs == null ? (int) Math.min(Integer.MAX_VALUE, trace.eventCount()) : seqs.length;
    }

    /// Every event of a trace.
    static EventRows all(Trace trace, TrackPaths tracks) {
        return new EventRows(trace, tracks, null);
    }

    /// Some events of a trace.
    ///
    /// @param seqs ascending
    static EventRows of(Trace trace, TrackPaths tracks, long[] seqs) {
        return new EventRows(trace, tracks, seqs);
    }

    @Override
    public EventRow get(int index) {
        EventRow row = kept.get(index);
        if (row == null) {
            long seq = seqAt(index);
            Long since = index == 0 ? null : trace.timeNs(seq) - trace.timeNs(seqAt(index - 1));
            int track = trace.track(seq);
            row = new EventRow(trace.event(seq), since, tracks.name(track), tracks.path(track));
            kept.put(index, row);
        }
        return row;
    }

    @Override
    public int size() {
        return size;
    }

    /// Sequence number of the event in a row.
    public long seqAt(int index) {
        if (seqs == null) {
            if (index < 0 || index >= size) {
                throw new IndexOutOfBoundsException("index=" + index + " size=" + size);
            }
            return index;
        }
        return seqs[index];
    }

    /// Row of the last event at or before `seq`, or -1.
    public int rowAtOrBefore(long seq) {
        if (seqs == null) {
            return (int) Math.min(seq, size - 1L);
        }
        int found = Arrays.binarySearch(seqs, seq);
        return found >= 0 ? found : -found - 2;
    }

    /// Row of the event, or -1 when the filter left it out.
    public int rowOf(long seq) {
        int row = rowAtOrBefore(seq);
        return row >= 0 && seqAt(row) == seq ? row : -1;
    }

    @Override
    public int indexOf(Object row) {
        return row instanceof EventRow that ? rowOf(that.seq()) : -1;
    }

    @Override
    public int lastIndexOf(Object row) {
        return indexOf(row);
    }

    @Override
    public boolean contains(Object row) {
        return indexOf(row) >= 0;
    }
}
