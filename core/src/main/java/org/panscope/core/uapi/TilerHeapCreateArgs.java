package org.panscope.core.uapi;

/// Layout of `drm_panthor_tiler_heap_create`: memory for the tiler that the kernel can extend.
///
/// ```
///    0  u32  vm_id
///    4  u32  initial_chunk_count: at least 1
///    8  u32  chunk_size: bytes, whole pages from 128 KiB to 8 MiB
///   12  u32  max_chunks: at least initial_chunk_count
///   16  u32  target_in_flight: render passes beyond which the heap does not grow
///   20  u32  handle: out, vm_id << 16 | index
///   24  u64  tiler_heap_ctx_gpu_va: out
///   32  u64  first_heap_chunk_gpu_va: out
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class TilerHeapCreateArgs {
    public static final int VM_ID = 0;
    public static final int INITIAL_CHUNK_COUNT = 4;
    public static final int CHUNK_SIZE = 8;
    public static final int MAX_CHUNKS = 12;
    public static final int TARGET_IN_FLIGHT = 16;
    public static final int HANDLE = 20;
    public static final int TILER_HEAP_CTX_GPU_VA = 24;
    public static final int FIRST_HEAP_CHUNK_GPU_VA = 32;

    /// Bytes of the struct.
    public static final int SIZE = 40;

    private TilerHeapCreateArgs() {}
}
