package org.panscope.core.fw;

/// Structures in GPU memory that the tiler and the firmware share with drivers.
///
/// ```
/// heap context      0 u32 vt_start  4 u32 vt_end  8 u32 in use  12 u32 frag_end
///                  16 u64 chunk free first
/// tiler context    24 u64 heap descriptor  40 u64 completed top  48 u64 completed bottom
///                  96 private: u64 next byte, u64 limit, u64 first chunk, u64 last chunk
/// heap descriptor   4 u32 chunk bytes  8 u64 base  16 u64 bottom  24 u64 top
/// chunk             0 u64 next chunk, then 56 bytes of nothing, then memory
/// ```
///
/// A chunk is named by its address with its size in units of 4 KiB in bits 11:0. ASSUMPTION:
/// fw.heap_context: what the heap context and the private words hold is the GPU's own business.
///
/// Mesa: src/panfrost/genxml/v10.xml: Tiler Context, Tiler Heap; kernel: panthor_heap.c
final class HeapLayout {
    static final int CONTEXT_BYTES = 32;
    static final long VT_START = 0;
    static final long VT_END = 4;
    static final long IN_USE = 8;
    static final long FRAG_END = 12;
    static final long FREE = 16;

    static final int TILER_CONTEXT_BYTES = 128;
    static final long HEAP = 24;
    static final long COMPLETED_TOP = 40;
    static final long COMPLETED_BOTTOM = 48;
    static final long NEXT_BYTE = 96;
    static final long LIMIT = 104;
    static final long FIRST_CHUNK = 112;
    static final long LAST_CHUNK = 120;

    static final int DESCRIPTOR_BYTES = 32;
    static final long CHUNK_BYTES = 4;
    static final long BASE = 8;
    static final long BOTTOM = 16;
    static final long TOP = 24;

    static final long CHUNK_HEADER_BYTES = 64;

    private static final int UNIT_SHIFT = 12;
    private static final long UNITS = 0xfff;

    private HeapLayout() {}

    static long encode(long va, long bytes) {
        return (va & ~UNITS) | (bytes >>> UNIT_SHIFT & UNITS);
    }

    static long addressOf(long chunk) {
        return chunk & ~UNITS;
    }

    static long bytesOf(long chunk) {
        return (chunk & UNITS) << UNIT_SHIFT;
    }
}
