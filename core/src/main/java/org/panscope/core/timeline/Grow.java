package org.panscope.core.timeline;

import java.util.Arrays;

/// Growing primitive columns of the row builders.
final class Grow {
    private static final int FIRST = 8;

    private Grow() {}

    static long[] forIndex(long[] column, int index) {
        return index < column.length ? column : Arrays.copyOf(column, larger(index));
    }

    static int[] forIndex(int[] column, int index) {
        return index < column.length ? column : Arrays.copyOf(column, larger(index));
    }

    static byte[] forIndex(byte[] column, int index) {
        return index < column.length ? column : Arrays.copyOf(column, larger(index));
    }

    private static int larger(int index) {
        return Math.max(FIRST, index + (index >> 1) + 1);
    }
}
