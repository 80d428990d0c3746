package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fw.StreamEnvironment.HeapCounters;
import org.panscope.trace.event.FirmwareEvent.HeapStep;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// What events last told of tiler heaps, and the counters of those whose context is not in memory.
final class HeapBook {
    private final TreeMap<Key, HeapCounters> kept = new TreeMap<>();
    private final TreeMap<Key, Entry> told = new TreeMap<>();

    /// A heap context: each VM has its own at an address.
    ///
    /// @param vmId negative when nobody owns the address space
    record Key(int vmId, long contextVa) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparingInt(Key::vmId).thenComparingLong(Key::contextVa);

        @Nullable Integer knownVmId() {
            return vmId < 0 ? null : (Integer) vmId;
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Entry(
            HeapStep step, int vtStart, int vtEnd, int fragEnd, @Nullable Long chunk) {}

    /// Counters the firmware keeps itself.
    HeapCounters counters(Key heap) {
        return kept.computeIfAbsent(heap, key -> new HeapCounters());
    }

    /// An event is about to tell this.
    void note(Key heap, HeapStep step, HeapCounters counters, @Nullable Long chunk) {
        Entry before = told.get(heap);
        Long last = chunk == null && before != null ? before.chunk() : chunk;
        told.put(
                heap,
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
        for (Map.Entry<Key, Entry> entry : told.entrySet()) {
            Entry heap = entry.getValue();
            sink.heap(
                    entry.getKey().knownVmId(),
                    entry.getKey().contextVa(),
                    heap.step(),
                    heap.vtStart(),
                    heap.vtEnd(),
                    heap.fragEnd(),
                    heap.chunk());
        }
    }
}
