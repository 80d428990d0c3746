package org.panscope.core.timeline;

/// Searches in sorted columns.
final class Search {
    private Search() {}

    /// The first index in `[from, size)` whose value is `key` or more, or `size`. Gallops from
    /// `from`, so near answers cost little.
    static int firstAtLeast(long[] sorted, int size, int from, long key) {
        int low = from;
        int step = 1;
        int high = from;
        while (high < size && sorted[high] < key) {
            low = high + 1;
            high += step;
            step <<= 1;
            if (high < 0) {
                high = size;
            }
        }
        high = Math.min(high, size);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
