package org.panscope.core.kernel.heap;

import org.panscope.core.kernel.mmu.PageTable;
import org.panscope.core.uapi.Errno;

/// How a tiler heap is to be; the counts are unsigned 32-bit numbers.
///
/// @param initialChunks chunks it starts with
/// @param chunkBytes size of each chunk
/// @param maxChunks chunks it may have
/// @param targetInFlight render passes in flight beyond which it does not grow
///
///   kernel: panthor_heap.c, panthor_heap_create
public record HeapSpec(int initialChunks, int chunkBytes, int maxChunks, int targetInFlight) {
    static final int MIN_CHUNK_BYTES = 128 << 10;
    static final int MAX_CHUNK_BYTES = 8 << 20;

    /// 0, or -EINVAL when there can be no such heap.
    int check() {
        boolean counts =
                initialChunks != 0 && Integer.compareUnsigned(initialChunks, maxChunks) <= 0;
        boolean size =
                chunkBytes % PageTable.PAGE_BYTES == 0
                        && Integer.compareUnsigned(chunkBytes, MIN_CHUNK_BYTES) >= 0
                        && Integer.compareUnsigned(chunkBytes, MAX_CHUNK_BYTES) <= 0;
        return counts && size ? 0 : Errno.EINVAL;
    }
}
