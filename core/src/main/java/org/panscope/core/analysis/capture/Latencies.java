package org.panscope.core.analysis.capture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Durations by owner: about where their middle lies, and the longest of them with the events at
/// their ends. Memory does not grow with their number.
final class Latencies {
    private static final int KEPT = 5;
    private static final int MAX_OWNERS = 10_000;

    /// Durations are counted by quarters of a power of two.
    private static final int STEPS = 4;

    private final Map<String, Owner> owners = new TreeMap<>();

    /// One duration.
    ///
    /// @param fromSeq the event it began at
    /// @param toSeq the event it ended at
    record Span(long ns, long fromSeq, long toSeq) {}

    /// The durations of one owner.
    static final class Owner {
        private final int[] counts = new int[Long.SIZE * STEPS];
        private final List<Span> longest = new ArrayList<>();
        private long count;

        void add(Span span) {
            counts[bucket(span.ns())]++;
            count++;
            longest.add(span);
            longest.sort(Comparator.comparingLong(Span::ns).reversed());
            if (longest.size() > KEPT) {
                longest.remove(KEPT);
            }
        }

        long count() {
            return count;
        }

        /// The longest, longest first.
        List<Span> longest() {
            return List.copyOf(longest);
        }

        /// The median, to within a fifth of it.
        long medianNs() {
            long half = (count + 1) / 2;
            for (int i = 0; i < counts.length; i++) {
                half -= counts[i];
                if (half <= 0) {
                    return lowest(i);
                }
            }
            return 0;
        }

        private static int bucket(long ns) {
            long value = Math.max(ns, 1);
            int log = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
            long fraction = log < 2 ? 0 : (value >>> (log - 2)) & 3;
            return log * STEPS + (int) fraction;
        }

        private static long lowest(int bucket) {
            int log = bucket / STEPS;
            long base = 1L << log;
            return base + (base / STEPS) * (bucket % STEPS);
        }
    }

    void add(String owner, Span span) {
        Owner found = owners.get(owner);
        if (found == null) {
            if (owners.size() >= MAX_OWNERS) {
                return;
            }
            found = new Owner();
            owners.put(owner, found);
        }
        found.add(span);
    }

    Map<String, Owner> owners() {
        return owners;
    }
}
