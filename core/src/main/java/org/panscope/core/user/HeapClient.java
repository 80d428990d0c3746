package org.panscope.core.user;

import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.TilerHeapCreateArgs;
import org.panscope.core.uapi.TilerHeapDestroyArgs;
import org.panscope.core.uapi.UserMemory;

import java.nio.ByteBuffer;

/// Tiler heaps of an open file (`panthor_drm.h`: TILER_HEAP_*).
public final class HeapClient {
    private final DrmFile file;

    public HeapClient(DrmFile file) {
        this.file = file;
    }

    /// How a heap is to be.
    ///
    /// @param initialChunks chunks it starts with
    /// @param chunkBytes size of a chunk
    /// @param maxChunks chunks it may grow to
    /// @param targetInFlight render passes in flight beyond which it does not grow
    public record Request(int initialChunks, int chunkBytes, int maxChunks, int targetInFlight) {}

    /// TILER_HEAP_CREATE.
    public IoctlResult<TilerHeap> create(int vm, Request request) {
        ByteBuffer args = UserMemory.struct(TilerHeapCreateArgs.SIZE);
        args.putInt(TilerHeapCreateArgs.VM_ID, vm);
        args.putInt(TilerHeapCreateArgs.INITIAL_CHUNK_COUNT, request.initialChunks());
        args.putInt(TilerHeapCreateArgs.CHUNK_SIZE, request.chunkBytes());
        args.putInt(TilerHeapCreateArgs.MAX_CHUNKS, request.maxChunks());
        args.putInt(TilerHeapCreateArgs.TARGET_IN_FLIGHT, request.targetInFlight());
        int errno = file.ioctl(Ioctl.TILER_HEAP_CREATE, args);
        return errno != 0
                ? IoctlResult.error(errno)
                : IoctlResult.ok(
                        new TilerHeap(
                                args.getInt(TilerHeapCreateArgs.HANDLE),
                                args.getLong(TilerHeapCreateArgs.TILER_HEAP_CTX_GPU_VA),
                                args.getLong(TilerHeapCreateArgs.FIRST_HEAP_CHUNK_GPU_VA)));
    }

    /// TILER_HEAP_DESTROY.
    public int destroy(int handle) {
        ByteBuffer args = UserMemory.struct(TilerHeapDestroyArgs.SIZE);
        args.putInt(TilerHeapDestroyArgs.HANDLE, handle);
        return file.ioctl(Ioctl.TILER_HEAP_DESTROY, args);
    }
}
