package org.panscope.core.report.fences;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A set of durations in ns, with percentiles and a histogram.
public final class Durations {
    private static final int WIDEST_BAR = 40;

    private long[] values = new long[16];
    private int count;
    private boolean isSorted = true;

    void add(long ns) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = ns;
        isSorted = false;
    }

    public int count() {
        return count;
    }

    /// The smallest duration that is not exceeded by so many percent of all; 0 without any.
    public long percentile(int percent) {
        sort();
        return count == 0
                ? 0
                : values[(int) Math.max(0, Math.ceilDiv((long) count * percent, 100) - 1)];
    }

    /// The longest; 0 without any.
    public long max() {
        return percentile(100);
    }

    /// The sum of all.
    public long sum() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        return sum;
    }

    private void sort() {
        if (!isSorted) {
            Arrays.sort(values, 0, count);
            isSorted = true;
        }
    }

    /// `p50 1.2 us, p90 ..., p99 ..., max ...`.
    String text() {
        return "p50 "
                + Words.duration(percentile(50))
                + ", p90 "
                + Words.duration(percentile(90))
                + ", p99 "
                + Words.duration(percentile(99))
                + ", max "
                + Words.duration(max());
    }

    /// Lines with a bar for each power of two that occurs, and those between.
    public List<String> histogram() {
        sort();
        List<String> lines = new ArrayList<>();
        if (count == 0) {
            return lines;
        }
        int first = bucket(values[0]);
        int last = bucket(values[count - 1]);
        int[] counts = new int[last - first + 1];
        for (int i = 0; i < count; i++) {
            counts[bucket(values[i]) - first]++;
        }
        int most = Arrays.stream(counts).max().orElse(1);
        for (int i = 0; i < counts.length; i++) {
            long from = first + i == 0 ? 0 : 1L << (first + i - 1);
            int bar = (int) Math.ceilDiv((long) counts[i] * WIDEST_BAR, most);
            lines.add(
                    String.format(
                            java.util.Locale.ROOT,
                            "%10s.. %6d %s",
                            Words.duration(from),
                            counts[i],
                            "#".repeat(bar)));
        }
        return lines;
    }

    /// 0 for nothing, else one more than the exponent of the power of two at or below.
    private static int bucket(long ns) {
        return ns <= 0 ? 0 : 64 - Long.numberOfLeadingZeros(ns);
    }
}
