package org.panscope.core.fw;

import org.panscope.core.fw.StreamEnvironment.HeapCounters;
import org.panscope.core.hw.Access;
import org.panscope.trace.event.FirmwareEvent.HeapStep;

/// A tiler heap context: counters of passes, and the chunks nobody uses. Its bytes lie in GPU
/// memory, so that all queues with access to them share it. ASSUMPTION: fw.heap_context: where
/// there is no such memory, the firmware keeps the counters itself, and the heap has no chunks.
final class TilerHeapContext {
    private final StreamEnvironment environment;
    private final GpuWords words;
    private final long va;
    private final boolean inMemory;

    TilerHeapContext(StreamEnvironment environment, GpuWords words, long va) {
        this.environment = environment;
        this.words = words;
        this.va = va;
        inMemory = words.isMapped(va, HeapLayout.CONTEXT_BYTES, Access.WRITE);
    }

    /// Whether it has chunks to give.
    boolean isInMemory() {
        return inMemory;
    }

    HeapCounters counters() {
        if (!inMemory) {
            return environment.heap(va);
        }
        HeapCounters counters = new HeapCounters();
        counters.vertexStarted = words.read32(va + HeapLayout.VT_START);
        counters.vertexCompleted = words.read32(va + HeapLayout.VT_END);
        counters.fragmentCompleted = words.read32(va + HeapLayout.FRAG_END);
        return counters;
    }

    /// A pass started or completed.
    void count(HeapStep step) {
        HeapCounters counters = counters();
        switch (step) {
            case VT_START -> counters.vertexStarted++;
            case VT_END -> counters.vertexCompleted++;
            case FRAG_END -> counters.fragmentCompleted++;
            default -> throw new IllegalArgumentException("step=" + step + " counts nothing");
        }
        if (inMemory) {
            words.write32(va + HeapLayout.VT_START, counters.vertexStarted);
            words.write32(va + HeapLayout.VT_END, counters.vertexCompleted);
            words.write32(va + HeapLayout.FRAG_END, counters.fragmentCompleted);
        }
        environment.heapChanged(step, va, counters, null);
    }

    /// Takes a chunk.
    ///
    /// @param descriptor the heap's descriptor, whose chunks are free before the first use
    /// @return the chunk, or 0 when there is none
    long take(long descriptor) {
        if (words.read32(va + HeapLayout.IN_USE) == 0) {
            words.write32(va + HeapLayout.IN_USE, 1);
            long base = words.read64(descriptor + HeapLayout.BASE);
            long bytes = words.read32(descriptor + HeapLayout.CHUNK_BYTES) & 0xffff_ffffL;
            words.write64(va + HeapLayout.FREE, base == 0 ? 0 : HeapLayout.encode(base, bytes));
        }
        long chunk = words.read64(va + HeapLayout.FREE);
        if (chunk != 0) {
            words.write64(va + HeapLayout.FREE, words.read64(HeapLayout.addressOf(chunk)));
            words.write64(HeapLayout.addressOf(chunk), 0);
        }
        if (chunk != 0 && words.exception() == 0) {
            environment.heapChanged(HeapStep.TAKE_CHUNK, va, counters(), chunk);
        }
        return chunk;
    }

    /// Puts a list of chunks to the free ones.
    ///
    /// @param first of the list, linked up to `last`
    /// @param step what to call it
    void give(long first, long last, HeapStep step) {
        words.write64(HeapLayout.addressOf(last), words.read64(va + HeapLayout.FREE));
        words.write64(va + HeapLayout.FREE, first);
        words.write32(va + HeapLayout.IN_USE, 1);
        environment.heapChanged(step, va, counters(), first);
    }

    /// Something else happened to it.
    void tell(HeapStep step) {
        environment.heapChanged(step, va, counters(), null);
    }
}
