package org.panscope.core.kernel.heap;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.uapi.Errno;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// A `panthor_heap`: the chunks one tiler heap has, the newest first. Guarded by the lock of its
/// pool.
///
/// The list is the driver's own: what the tiler makes of the chunks stands in the heap context and
/// in the chunk headers, which the driver never reads.
///
/// kernel: panthor_heap.c, struct panthor_heap
final class TilerHeap {
    private final KernelContext kernel;
    private final GpuVm vm;
    private final HeapSpec spec;
    private final Deque<HeapChunk> chunks = new ArrayDeque<>();

    TilerHeap(KernelContext kernel, GpuVm vm, HeapSpec spec) {
        this.kernel = kernel;
        this.vm = vm;
        this.spec = spec;
    }

    int chunkCount() {
        return chunks.size();
    }

    HeapSpec spec() {
        return spec;
    }

    /// Allocates the chunks it starts with, each linked to the one before.
    ///
    /// @return 0, or -ENOMEM; then it has none
    int allocateInitial() {
        for (int i = 0; i < spec.initialChunks(); i++) {
            HeapChunk before = chunks.peekFirst();
            if (allocate(before == null ? 0 : before.encoded()) == null) {
                free();
                return Errno.ENOMEM;
            }
        }
        return 0;
    }

    /// Whether the driver lets it have one more chunk.
    boolean mayGrow(int renderPassesInFlight) {
        return Integer.compareUnsigned(renderPassesInFlight, spec.targetInFlight()) <= 0
                && Integer.compareUnsigned(chunks.size(), spec.maxChunks()) < 0;
    }

    /// Takes one chunk more, linked to nothing.
    @Nullable HeapChunk grow() {
        return allocate(0);
    }

    private @Nullable HeapChunk allocate(long next) {
        HeapChunk chunk = HeapChunk.allocate(kernel, vm, spec.chunkBytes());
        if (chunk != null) {
            chunk.writeHeader(kernel, next);
            chunks.addFirst(chunk);
        }
        return chunk;
    }

    /// Address of the newest chunk.
    long firstChunkVa() {
        return chunks.getFirst().va();
    }

    /// Gives one chunk back.
    ///
    /// @return 0, or -EINVAL when it has no such chunk
    int giveBack(long chunkVa) {
        for (Iterator<HeapChunk> each = chunks.iterator(); each.hasNext(); ) {
            HeapChunk chunk = each.next();
            if (chunk.va() == chunkVa) {
                each.remove();
                chunk.free(vm);
                return 0;
            }
        }
        return Errno.EINVAL;
    }

    /// Gives every chunk back.
    void free() {
        chunks.forEach(chunk -> chunk.free(vm));
        chunks.clear();
    }
}
