package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The records of all CPUs in the order of their times; of equal times in that of the CPUs. A heap
/// of CPUs, kept in an array: the next record of a CPU mostly comes soon after the last.
final class RecordMerge {
    private final DatContents contents;
    private final CpuRecords[] heap;
    private final long[] timesNs;
    private final int[] orders;
    private int size;

    /// @param cpus in the order that decides between equal times
    RecordMerge(DatContents contents, List<CpuRecords> cpus) {
        this.contents = contents;
        heap = cpus.toArray(new CpuRecords[0]);
        timesNs = new long[heap.length];
        orders = new int[heap.length];
        for (int order = 0; order < heap.length; order++) {
            CpuRecords records = heap[order];
            if (records.next()) {
                heap[size] = records;
                timesNs[size] = contents.toNs(records.stamp(), records.cpu());
                orders[size] = order;
                size++;
            }
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    /// The CPU whose record is next, or null at the end.
    @Nullable CpuRecords first() {
        return size == 0 ? null : heap[0];
    }

    /// Time of its record.
    long timeNs() {
        return timesNs[0];
    }

    /// Moves behind that record.
    void advance() {
        CpuRecords records = heap[0];
        if (records.next()) {
            timesNs[0] = contents.toNs(records.stamp(), records.cpu());
        } else {
            size--;
            heap[0] = heap[size];
            timesNs[0] = timesNs[size];
            orders[0] = orders[size];
        }
        sink(0);
    }

    private void sink(int from) {
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && isBefore(child + 1, child)) {
                child++;
            }
            if (!isBefore(child, at)) {
                return;
            }
            CpuRecords records = heap[at];
            heap[at] = heap[child];
            heap[child] = records;
            long time = timesNs[at];
            timesNs[at] = timesNs[child];
            timesNs[child] = time;
            int order = orders[at];
            orders[at] = orders[child];
            orders[child] = order;
            at = child;
        }
    }

    private boolean isBefore(int a, int b) {
        return timesNs[a] != timesNs[b] ? timesNs[a] < timesNs[b] : orders[a] < orders[b];
    }
}
