package org.panscope.trace.io;

import java.util.Arrays;

/// A growing array of numbers.
final class LongList {
    private long[] values = new long[64];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    long get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /// The numbers; only the first [#size()] count.
    long[] array() {
        return values;
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
