package org.panscope.core.timeline;

/// A value that changes in steps. Before the first step it was not observed.
public final class Counter {
    private static final int BLOCK_SHIFT = 6;

    private final int size;
    private final long[] times;
    private final long[] values;
    private final long[] seqs;
    private final long[] blockMin;
    private final long[] blockMax;
    private final long min;
    private final long max;

    Counter(long[] times, long[] values, long[] seqs) {
        this.size = times.length;
        this.times = times;
        this.values = values;
        this.seqs = seqs;
        int blocks = (size + (1 << BLOCK_SHIFT) - 1) >> BLOCK_SHIFT;
        blockMin = new long[blocks];
        blockMax = new long[blocks];
        for (int block = 0; block < blocks; block++) {
            int from = block << BLOCK_SHIFT;
            int to = Math.min(size, from + (1 << BLOCK_SHIFT));
            blockMin[block] = values[from];
            blockMax[block] = values[from];
            for (int i = from + 1; i < to; i++) {
                blockMin[block] = Math.min(blockMin[block], values[i]);
                blockMax[block] = Math.max(blockMax[block], values[i]);
            }
        }
        min = extreme(0, size, false);
        max = extreme(0, size, true);
    }

    public int size() {
        return size;
    }

    public long timeNs(int index) {
        return times[index];
    }

    public long value(int index) {
        return values[index];
    }

    public long seq(int index) {
        return seqs[index];
    }

    /// Smallest value of all.
    public long min() {
        return min;
    }

    /// Greatest value of all.
    public long max() {
        return max;
    }

    /// The step in force at a time, or -1 before the first.
    public int at(long timeNs) {
        return Search.firstAtLeast(times, size, 0, timeNs + 1) - 1;
    }

    /// Shows the steps inside the columns, one call per column that has any, and first the value
    /// the range begins with, where known.
    public void visit(Columns columns, CounterVisitor visitor) {
        int i = Search.firstAtLeast(times, size, 0, columns.fromNs());
        if (i > 0) {
            visitor.steps(this, -1, i - 1, 1, values[i - 1], values[i - 1]);
        }
        while (i < size && times[i] < columns.toNs()) {
            int column = columns.columnOf(times[i]);
            int next = Search.firstAtLeast(times, size, i + 1, columns.startNs(column + 1));
            visitor.steps(
                    this,
                    column,
                    next - 1,
                    next - i,
                    extreme(i, next, false),
                    extreme(i, next, true));
            i = next;
        }
    }

    private long extreme(int from, int to, boolean greatest) {
        long result = greatest ? Long.MIN_VALUE : Long.MAX_VALUE;
        int i = from;
        while (i < to) {
            boolean whole = (i & ((1 << BLOCK_SHIFT) - 1)) == 0 && i + (1 << BLOCK_SHIFT) <= to;
            long value;
            if (whole) {
                int block = i >> BLOCK_SHIFT;
                value = greatest ? blockMax[block] : blockMin[block];
                i += 1 << BLOCK_SHIFT;
            } else {
                value = values[i++];
            }
            result = greatest ? Math.max(result, value) : Math.min(result, value);
        }
        return result;
    }
}
