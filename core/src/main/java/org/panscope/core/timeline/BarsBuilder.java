package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects the bars of one row, in order of their start, and spreads those that overlap over
/// lanes.
final class BarsBuilder {
    /// Deeper overlap than this is not drawn as bars.
    private static final int MAX_LANES = 12;

    private static final long STILL_OPEN = Long.MIN_VALUE;

    private int size;
    private long[] starts = {};
    private long[] ends = {};
    private long[] seqs = {};
    private int[] labels = {};
    private byte[] styles = {};
    private final Map<Long, Integer> open = new LinkedHashMap<>();

    /// For rows in several states at once: which of the states a bar shows. Empty for other rows.
    private long[] keys = {};

    private boolean keepsLanes;

    boolean isOpen(long key) {
        return open.containsKey(key);
    }

    void open(long key, long timeNs, long seq, int label, Style style) {
        int at = append(timeNs, seq, label, style);
        open.put(key, at);
        if (keepsLanes) {
            keys = Grow.forIndex(keys, at);
            keys[at] = key;
        }
    }

    /// Keeps the bars opened with one key on one lane, where that is free.
    void keepLanes() {
        keepsLanes = true;
    }

    /// Ends the open bar of this key.
    ///
    /// @param style what it turned out to be, or null when nothing new is known
    /// @return false when no bar of this key is open
    boolean close(long key, long timeNs, @Nullable Style style) {
        Integer index = open.remove(key);
        if (index == null) {
            return false;
        }
        ends[index] = timeNs;
        if (style != null) {
            styles[index] = StateBars.pack(style, false);
        }
        return true;
    }

    /// Leaves of the open bar of this key its beginning only, as its end was not seen.
    void cut(long key) {
        Integer index = open.remove(key);
        if (index != null) {
            ends[index] = starts[index];
            styles[index] = StateBars.pack(StateBars.styleOf(styles[index]), true);
        }
    }

    /// Adds a bar known as a whole.
    void add(long fromNs, long toNs, long seq, int label, Style style) {
        int last = size - 1;
        long from = last >= 0 ? Math.max(fromNs, starts[last]) : fromNs;
        int at = append(from, seq, label, style);
        ends[at] = Math.max(from, toNs);
    }

    /// Gives the open bar of this key another style; nothing happens without one.
    void restyle(long key, Style style) {
        Integer index = open.get(key);
        if (index != null) {
            styles[index] = StateBars.pack(style, false);
        }
    }

    /// Whether the open bar of this key says the same already.
    boolean shows(long key, int label, Style style) {
        Integer index = open.get(key);
        return index != null
                && labels[index] == label
                && styles[index] == StateBars.pack(style, false);
    }

    int size() {
        return size;
    }

    int openCount() {
        return open.size();
    }

    /// Lanes of the finished row. Bars that find no lane become instants of `overflow`.
    List<StateBars> finish(long endNs, InstantsBuilder overflow) {
        int[] laneOf = new int[size];
        int[] laneSize = new int[MAX_LANES];
        long[] laneEnd = new long[MAX_LANES];
        Arrays.fill(laneEnd, Long.MIN_VALUE);
        Map<Long, Integer> laneOfKey = new LinkedHashMap<>();
        int lanes = 0;
        for (int i = 0; i < size; i++) {
            if (ends[i] == STILL_OPEN) {
                ends[i] = Math.max(endNs, starts[i]);
                styles[i] = StateBars.pack(StateBars.styleOf(styles[i]), true);
            }
            int lane = keepsLanes && i < keys.length ? laneOfKey.getOrDefault(keys[i], 0) : 0;
            if (laneEnd[lane] > starts[i]) {
                lane = 0;
            }
            while (lane < MAX_LANES && laneEnd[lane] > starts[i]) {
                lane++;
            }
            if (keepsLanes && i < keys.length && lane < MAX_LANES) {
                laneOfKey.put(keys[i], lane);
            }
            laneOf[i] = lane;
            if (lane == MAX_LANES) {
                overflow.add(
                        starts[i], seqs[i], labels[i], StateBars.styleOf(styles[i]), Glyph.TICK);
            } else {
                laneEnd[lane] = ends[i];
                laneSize[lane]++;
                lanes = Math.max(lanes, lane + 1);
            }
        }
        List<StateBars> result = new ArrayList<>(lanes);
        for (int lane = 0; lane < lanes; lane++) {
            result.add(lane(lane, laneOf, laneSize[lane]));
        }
        return result;
    }

    private StateBars lane(int lane, int[] laneOf, int count) {
        if (count == size) {
            return new StateBars(
                    Arrays.copyOf(starts, size),
                    Arrays.copyOf(ends, size),
                    Arrays.copyOf(seqs, size),
                    Arrays.copyOf(labels, size),
                    Arrays.copyOf(styles, size));
        }
        long[] laneStarts = new long[count];
        long[] laneEnds = new long[count];
        long[] laneSeqs = new long[count];
        int[] laneLabels = new int[count];
        byte[] laneStyles = new byte[count];
        int to = 0;
        for (int i = 0; i < size; i++) {
            if (laneOf[i] == lane) {
                laneStarts[to] = starts[i];
                laneEnds[to] = ends[i];
                laneSeqs[to] = seqs[i];
                laneLabels[to] = labels[i];
                laneStyles[to] = styles[i];
                to++;
            }
        }
        return new StateBars(laneStarts, laneEnds, laneSeqs, laneLabels, laneStyles);
    }

    private int append(long start, long seq, int label, Style style) {
        int at = size++;
        starts = Grow.forIndex(starts, at);
        ends = Grow.forIndex(ends, at);
        seqs = Grow.forIndex(seqs, at);
        labels = Grow.forIndex(labels, at);
        styles = Grow.forIndex(styles, at);
        starts[at] = start;
        ends[at] = STILL_OPEN;
        seqs[at] = seq;
        labels[at] = label;
        styles[at] = StateBars.pack(style, false);
        return at;
    }
}
