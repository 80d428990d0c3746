package org.panscope.core.timeline;

/// A time range cut into equal columns, one per pixel, in exact integer arithmetic. Column `c` is
/// the half-open range from `startNs(c)` to `startNs(c + 1)`.
///
/// @param fromNs start of column 0
/// @param toNs end of the last column, after `fromNs`
/// @param count number of columns, positive
public record Columns(long fromNs, long toNs, int count) {

    public Columns {
        if (toNs <= fromNs || count <= 0 || toNs - fromNs < 0) {
            throw new IllegalArgumentException(
                    "from=" + fromNs + " to=" + toNs + " columns=" + count);
        }
    }

    /// Start of a column; `startNs(count)` is the end of the range.
    public long startNs(int column) {
        long span = toNs - fromNs;
        long whole = span / count;
        long rest = span % count;
        return fromNs + column * whole + column * rest / count;
    }

    /// The column that holds this time: the last one that starts at or before it. Times outside
    /// answer -1 or `count`.
    public int columnOf(long timeNs) {
        if (timeNs < fromNs) {
            return -1;
        }
        if (timeNs >= toNs) {
            return count;
        }
        long past = timeNs - fromNs + 1;
        if (past < Long.MAX_VALUE / count) {
            return (int) ((past * count - 1) / (toNs - fromNs));
        }
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (startNs(middle) <= timeNs) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
