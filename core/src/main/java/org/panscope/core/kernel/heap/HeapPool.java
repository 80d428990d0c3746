package org.panscope.core.kernel.heap;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.sim.SimLock;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.trace.event.KernelEvent.AllocInSignal;
import org.panscope.trace.event.MemoryEvent.MemWrite;
import org.panscope.trace.event.MemoryEvent.MemoryWriter;

import java.util.Map;
import java.util.TreeMap;

/// A `panthor_heap_pool`: the tiler heaps of one address space, and the buffer object with their
/// contexts.
///
/// ```
/// contexts  + index * stride   32 bytes, zeroed when the heap is created, then the GPU's
/// ```
///
/// Simplified: its reader-writer lock is an exclusive one, held while chunks are allocated, so that
/// two growths of a pool never overlap.
///
/// kernel: panthor_heap.c, struct panthor_heap_pool
public final class HeapPool {
    /// Heaps an address space can have.
    public static final int MAX_HEAPS = 128;

    /// ASSUMPTION: kernel.heap_memory: the machine has no more memory than this for the chunks of
    /// one address space; the driver has no such limit but RAM.
    public static final long MAX_CHUNK_BYTES = 256L << 20;

    private static final long MAX_OFFSET = 0xffff_ffffL;

    private final KernelContext kernel;
    private final GpuVm vm;
    private final int stride;
    private final GemObject contexts;
    private final long contextsVa;
    private final SimLock lock;
    private final TreeMap<Integer, TilerHeap> heaps = new TreeMap<>();
    private boolean destroyed;

    private HeapPool(
            KernelContext kernel, GpuVm vm, int stride, GemObject contexts, long contextsVa) {
        this.kernel = kernel;
        this.vm = vm;
        this.stride = stride;
        this.contexts = contexts;
        this.contextsVa = contextsVa;
        lock = new SimLock(kernel.sim(), "vm" + vm.id() + ".heap_pool");
    }

    /// `panthor_heap_pool_create`.
    ///
    /// @param stride bytes from one context to the next
    /// @return null when there is no room for the contexts
    static @Nullable HeapPool create(KernelContext kernel, GpuVm vm, int stride) {
        GemObject contexts =
                GemObject.kernelObject(
                        kernel, "Tiler heap contexts", (long) MAX_HEAPS * stride, vm);
        long va = vm.mapKernelObject(contexts, VmBindOp.MAP_NOEXEC);
        if (va == GpuVm.NO_ROOM) {
            contexts.put();
            return null;
        }
        return new HeapPool(kernel, vm, stride, contexts, va);
    }

    /// What came of creating a heap.
    ///
    /// @param errno 0 or negated; the rest is 0 when it is not 0
    /// @param index of the heap in its pool
    /// @param contextVa GPU address of its context
    /// @param firstChunkVa GPU address of the first chunk of its list
    public record Created(int errno, int index, long contextVa, long firstChunkVa) {
        static Created failed(int errno) {
            return new Created(errno, 0, 0, 0);
        }
    }

    /// `panthor_heap_create`.
    public Created create(HeapSpec spec) {
        int result = spec.check();
        if (result != 0) {
            return Created.failed(result);
        }
        lock.lock();
        Created created = destroyed ? Created.failed(Errno.EINVAL) : createLocked(spec);
        lock.unlock();
        return created;
    }

    private Created createLocked(HeapSpec spec) {
        long initial = Integer.toUnsignedLong(spec.initialChunks());
        if (chunkBytes() + initial * spec.chunkBytes() > MAX_CHUNK_BYTES) {
            return Created.failed(Errno.ENOMEM);
        }
        TilerHeap heap = new TilerHeap(kernel, vm, spec);
        int result = heap.allocateInitial();
        if (result != 0) {
            return Created.failed(result);
        }
        int index = lowestFreeIndex();
        if (index == MAX_HEAPS) {
            heap.free();
            return Created.failed(Errno.EBUSY);
        }
        heaps.put(index, heap);
        clearContext(index);
        return new Created(0, index, contextsVa + (long) index * stride, heap.firstChunkVa());
    }

    private int lowestFreeIndex() {
        int index = 0;
        while (heaps.containsKey(index)) {
            index++;
        }
        return index;
    }

    private void clearContext(int index) {
        long offset = (long) index * stride;
        byte[] zeros = new byte[stride];
        contexts.buffer().write(offset, zeros);
        kernel.sim()
                .emit(
                        kernel.memoryTrack(),
                        new MemWrite(contexts.id(), offset, zeros, MemoryWriter.KERNEL));
    }

    /// `panthor_heap_destroy`.
    ///
    /// @return 0, or -EINVAL when there is no such heap
    public int destroy(int index) {
        lock.lock();
        TilerHeap heap = heaps.remove(index);
        if (heap != null) {
            heap.free();
        }
        lock.unlock();
        return heap == null ? Errno.EINVAL : 0;
    }

    /// What came of asking for a chunk.
    ///
    /// @param errno 0 or negated
    /// @param chunk pointer to the chunk as the hardware reads it, or 0
    public record Growth(int errno, long chunk) {}

    /// `panthor_heap_grow`: one chunk more for the heap with this context.
    ///
    /// @param renderPassesInFlight begun and not rendered yet
    public Growth grow(long contextVa, int renderPassesInFlight) {
        lock.lock();
        TilerHeap heap = heapAt(contextVa);
        Growth growth;
        if (heap == null) {
            growth = new Growth(Errno.EINVAL, 0);
        } else {
            growth = growLocked(heap, renderPassesInFlight);
        }
        lock.unlock();
        return growth;
    }

    /// Waits for memory although jobs, and so fences, wait for the tiler.
    private Growth growLocked(TilerHeap heap, int renderPassesInFlight) {
        boolean room = chunkBytes() + heap.spec().chunkBytes() <= MAX_CHUNK_BYTES;
        if (!heap.mayGrow(renderPassesInFlight)) {
            return new Growth(Errno.ENOMEM, 0);
        }
        kernel.sim()
                .emit(
                        kernel.kernelTrack(),
                        new AllocInSignal(
                                null, "panthor_heap_grow", "GFP_KERNEL", heap.spec().chunkBytes()));
        HeapChunk chunk = room ? heap.grow() : null;
        return chunk == null ? new Growth(Errno.ENOMEM, 0) : new Growth(0, chunk.encoded());
    }

    /// `panthor_heap_return_chunk`: takes a chunk back that the hardware never got.
    ///
    /// @return 0, or -EINVAL when the heap or the chunk is gone
    public int giveBack(long contextVa, long chunk) {
        lock.lock();
        TilerHeap heap = heapAt(contextVa);
        int result = heap == null ? Errno.EINVAL : heap.giveBack(HeapChunk.addressIn(chunk));
        lock.unlock();
        return result;
    }

    /// The heap whose context covers an address.
    private @Nullable TilerHeap heapAt(long contextVa) {
        long offset = contextVa - contextsVa;
        return Long.compareUnsigned(offset, MAX_OFFSET) > 0
                ? null
                : heaps.get((int) Math.min(offset / stride, MAX_HEAPS));
    }

    /// `panthor_heap_pool_destroy`: every heap ends with its address space.
    void destroyAll() {
        lock.lock();
        for (TilerHeap heap : heaps.values()) {
            heap.free();
        }
        heaps.clear();
        vm.unmap(contextsVa, contexts.sizeBytes());
        contexts.put();
        destroyed = true;
        lock.unlock();
    }

    /// Chunks a heap has, by its index.
    public Map<Integer, Integer> chunkCounts() {
        Map<Integer, Integer> counts = new TreeMap<>();
        heaps.forEach((index, heap) -> counts.put(index, heap.chunkCount()));
        return counts;
    }

    private long chunkBytes() {
        long bytes = 0;
        for (TilerHeap heap : heaps.values()) {
            bytes += (long) heap.chunkCount() * heap.spec().chunkBytes();
        }
        return bytes;
    }
}
