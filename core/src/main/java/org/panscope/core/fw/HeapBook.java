package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fw.StreamEnvironment.HeapCounters;
import org.panscope.trace.event.FirmwareEvent.HeapStep;

import java.util.Map;
import java.util.TreeMap;

/// What events last told of tiler heaps, and the counters of those whose context is not in memory.
final class HeapBook {
    private final TreeMap<Long, HeapCounters> kept = new TreeMap<>();
    private final TreeMap<Long, Entry> told = new TreeMap<>();

    private record Entry(
            HeapStep step, int vtStart, int vtEnd, int fragEnd, @Nullable Long chunk) {}

    /// Counters the firmware keeps itself.
    HeapCounters counters(long contextVa) {
        return kept.computeIfAbsent(contextVa, va -> new HeapCounters());
    }

    /// An event is about to tell this.
    void note(long contextVa, HeapStep step, HeapCounters counters, @Nullable Long chunk) {
        Entry before = told.get(contextVa);
        Long last = chunk == null && before != null ? before.chunk() : chunk;
        told.put(
                contextVa,
                new Entry(
                        step,
                        counters.vertexStarted,
                        counters.vertexCompleted,
                        counters.fragmentCompleted,
                        last));
    }

    /// The firmware's own memory is lost.
    void forget() {
        kept.clear();
    }

    void project(ProjectionSink sink) {
        for (Map.Entry<Long, Entry> entry : told.entrySet()) {
            Entry heap = entry.getValue();
            sink.heap(
                    entry.getKey(),
                    heap.step(),
                    heap.vtStart(),
                    heap.vtEnd(),
                    heap.fragEnd(),
                    heap.chunk());
        }
    }
}
