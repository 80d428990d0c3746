package org.panscope.core.timeline;

/// One lane of intervals that do not overlap, sorted by time, in primitive columns. The bars of
/// style [Style#ERROR] are kept a second time, so that merging cannot hide them.
public final class StateBars {
    /// Bars looked at to find the dominant style of a merged column.
    private static final int SAMPLE = 16;

    private static final int SUM_SHIFT = 6;
    private static final byte OPEN = (byte) 0x80;
    private static final int STYLE_MASK = 0x7f;

    private final int size;
    private final long[] starts;
    private final long[] ends;
    private final long[] seqs;
    private final int[] labels;
    private final byte[] styles;
    private final long[] busySums;
    private final StateBars errors;

    /// No bars.
    static final StateBars NONE =
            new StateBars(new long[0], new long[0], new long[0], new int[0], new byte[0]);

    StateBars(long[] starts, long[] ends, long[] seqs, int[] labels, byte[] styles) {
        this.size = starts.length;
        this.starts = starts;
        this.ends = ends;
        this.seqs = seqs;
        this.labels = labels;
        this.styles = styles;
        this.busySums = sums(starts, ends);
        this.errors = errorsOf(this);
    }

    /// Packs style and open end into one byte.
    static byte pack(Style style, boolean openEnded) {
        return (byte) (style.code() | (openEnded ? OPEN : 0));
    }

    static Style styleOf(byte packed) {
        return Style.of(packed & STYLE_MASK);
    }

    public int size() {
        return size;
    }

    public long startNs(int index) {
        return starts[index];
    }

    public long endNs(int index) {
        return ends[index];
    }

    /// `seq` of the event that opened the bar.
    public long seq(int index) {
        return seqs[index];
    }

    /// Index into [Timeline#label].
    public int label(int index) {
        return labels[index];
    }

    public Style style(int index) {
        return styleOf(styles[index]);
    }

    /// Whether the trace ended, or lost events, before the bar did.
    public boolean isOpenEnded(int index) {
        return (styles[index] & OPEN) != 0;
    }

    /// The bars of style [Style#ERROR] alone; paint them on top.
    public StateBars errors() {
        return errors;
    }

    /// The bar that covers this time, or -1.
    public int at(long timeNs) {
        int next = Search.firstAtLeast(starts, size, 0, timeNs + 1);
        int candidate = next - 1;
        return candidate >= 0 && (ends[candidate] > timeNs || starts[candidate] == timeNs)
                ? candidate
                : -1;
    }

    /// The first bar that starts at this time or later, or [#size()].
    public int firstFrom(long timeNs) {
        return Search.firstAtLeast(starts, size, 0, timeNs);
    }

    /// Shows the bars that touch the columns. Costs about two calls and two searches per column,
    /// however many bars there are.
    public void visit(Columns columns, BarVisitor visitor) {
        int i = Math.max(0, Search.firstAtLeast(starts, size, 0, columns.fromNs()) - 1);
        while (i < size && ends[i] <= columns.fromNs() && starts[i] < columns.fromNs()) {
            i++;
        }
        while (i < size && starts[i] < columns.toNs()) {
            int column = Math.max(0, columns.columnOf(starts[i]));
            long columnEnd = columns.startNs(column + 1);
            int next = Search.firstAtLeast(starts, size, i + 1, columnEnd);
            int inside = ends[next - 1] > columnEnd ? next - 1 : next;
            if (inside - i == 1) {
                visitor.bar(this, i);
            } else if (inside > i) {
                visitor.merged(
                        this,
                        column,
                        i,
                        inside - i,
                        dominant(i, inside),
                        busyNs(inside) - busyNs(i));
            }
            if (inside < next) {
                visitor.bar(this, inside);
            }
            i = next;
        }
    }

    private Style dominant(int from, int to) {
        long[] time = new long[Style.values().length];
        int count = to - from;
        int looked = Math.min(count, SAMPLE);
        for (int k = 0; k < looked; k++) {
            int i = from + (int) ((long) k * count / looked);
            time[styles[i] & STYLE_MASK] += ends[i] - starts[i] + 1;
        }
        int best = 0;
        for (int style = 1; style < time.length; style++) {
            if (time[style] > time[best]) {
                best = style;
            }
        }
        return Style.of(best);
    }

    /// Sum of the durations of the bars before `index`.
    private long busyNs(int index) {
        long sum = busySums[index >> SUM_SHIFT];
        for (int i = index >> SUM_SHIFT << SUM_SHIFT; i < index; i++) {
            sum += ends[i] - starts[i];
        }
        return sum;
    }

    private static long[] sums(long[] starts, long[] ends) {
        long[] sums = new long[(starts.length >> SUM_SHIFT) + 1];
        long sum = 0;
        for (int i = 0; i < starts.length; i++) {
            if ((i & ((1 << SUM_SHIFT) - 1)) == 0) {
                sums[i >> SUM_SHIFT] = sum;
            }
            sum += ends[i] - starts[i];
        }
        if ((starts.length & ((1 << SUM_SHIFT) - 1)) == 0) {
            sums[starts.length >> SUM_SHIFT] = sum;
        }
        return sums;
    }

    private static StateBars errorsOf(StateBars all) {
        int count = 0;
        for (byte style : all.styles) {
            if (styleOf(style) == Style.ERROR) {
                count++;
            }
        }
        if (count == all.size) {
            return all;
        }
        long[] starts = new long[count];
        long[] ends = new long[count];
        long[] seqs = new long[count];
        int[] labels = new int[count];
        byte[] styles = new byte[count];
        int to = 0;
        for (int i = 0; i < all.size; i++) {
            if (all.style(i) == Style.ERROR) {
                starts[to] = all.starts[i];
                ends[to] = all.ends[i];
                seqs[to] = all.seqs[i];
                labels[to] = all.labels[i];
                styles[to] = all.styles[i];
                to++;
            }
        }
        return new StateBars(starts, ends, seqs, labels, styles);
    }
}
