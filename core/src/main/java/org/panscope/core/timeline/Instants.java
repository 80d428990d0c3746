package org.panscope.core.timeline;

/// Points in time of one row, sorted, in primitive columns.
public final class Instants {
    /// Instants looked at to find the one that stands for all of a column.
    private static final int SAMPLE = 16;

    private final int size;
    private final long[] times;
    private final long[] seqs;
    private final int[] labels;
    private final byte[] styles;
    private final byte[] glyphs;
    private final int[] errors;
    private final long[] errorTimes;

    Instants(long[] times, long[] seqs, int[] labels, byte[] styles, byte[] glyphs) {
        this.size = times.length;
        this.times = times;
        this.seqs = seqs;
        this.labels = labels;
        this.styles = styles;
        this.glyphs = glyphs;
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += style(i) == Style.ERROR ? 1 : 0;
        }
        errors = new int[count];
        errorTimes = new long[count];
        int to = 0;
        for (int i = 0; i < size; i++) {
            if (style(i) == Style.ERROR) {
                errors[to] = i;
                errorTimes[to++] = times[i];
            }
        }
    }

    public int size() {
        return size;
    }

    public long timeNs(int index) {
        return times[index];
    }

    public long seq(int index) {
        return seqs[index];
    }

    /// Index into [Timeline#label].
    public int label(int index) {
        return labels[index];
    }

    public Style style(int index) {
        return Style.of(styles[index]);
    }

    public Glyph glyph(int index) {
        return Glyph.of(glyphs[index]);
    }

    /// How many have style [Style#ERROR].
    public int errorCount() {
        return errors.length;
    }

    /// The first instant at this time or later, or [#size()].
    public int firstFrom(long timeNs) {
        return Search.firstAtLeast(times, size, 0, timeNs);
    }

    /// The instant nearest to a time, or -1 when there is none; of two at equal distance the
    /// earlier.
    public int nearest(long timeNs) {
        int after = Search.firstAtLeast(times, size, 0, timeNs);
        if (after == 0) {
            return size == 0 ? -1 : 0;
        }
        if (after == size) {
            return size - 1;
        }
        return timeNs - times[after - 1] <= times[after] - timeNs ? after - 1 : after;
    }

    /// Shows the instants inside the columns, one call per column that has any.
    public void visit(Columns columns, InstantVisitor visitor) {
        int error = Search.firstAtLeast(errorTimes, errors.length, 0, columns.fromNs());
        int i = Search.firstAtLeast(times, size, 0, columns.fromNs());
        while (i < size && times[i] < columns.toNs()) {
            int column = columns.columnOf(times[i]);
            long columnEnd = columns.startNs(column + 1);
            int next = Search.firstAtLeast(times, size, i + 1, columnEnd);
            int shown = telling(i, next);
            if (error < errors.length && errorTimes[error] < columnEnd) {
                shown = errors[error];
                error = Search.firstAtLeast(errorTimes, errors.length, error + 1, columnEnd);
            }
            visitor.instants(this, column, shown, next - i);
            i = next;
        }
    }

    /// The instant that tells most by its shape, looked for among a few; the first of equals.
    private int telling(int from, int to) {
        int end = Math.min(to, from + SAMPLE);
        int best = from;
        for (int i = from + 1; i < end; i++) {
            if (glyph(i).weight() > glyph(best).weight()) {
                best = i;
            }
        }
        return best;
    }
}
