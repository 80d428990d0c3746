package org.panscope.core.user.program;

import org.panscope.core.user.HeapClient;
import org.panscope.core.user.TilerHeap;
import org.panscope.core.user.UserBuffer;

/// Descriptors of a program that draws: one tiler context and one framebuffer for each frame in
/// flight, a tiler heap, and what shaders read.
///
/// Mesa: src/panfrost/genxml/v10.xml: Tiler Context, Tiler Heap, Framebuffer
final class RenderTargets {
    private static final long DESCRIPTORS = 0x7ffd_0000_0000L;
    private static final long RESOURCES_WITH_COUNT = DESCRIPTORS + 4;
    private static final long UNIFORMS = 0x1000;
    private static final long PROGRAMS = 0x2000;
    private static final long STORAGE = 0x3000;
    private static final long HEAP_DESCRIPTOR = 0x4000;
    private static final long TILER_CONTEXTS = 0x1_0000;
    private static final long FRAMEBUFFERS = 0x2_0000;
    private static final long EACH = 0x1000;
    private static final long SIZE = 0x3_0000;
    private static final int MOST_IN_FLIGHT = (int) (TILER_CONTEXTS / EACH);

    private static final int TILER_CONTEXT_WORDS = 16;
    private static final int HEAP_POINTER_WORD = 3;
    private static final int CHUNK_BYTES = 128 << 10;
    private static final int CHUNK_HEADER_BYTES = 64;
    private static final HeapClient.Request HEAP =
            new HeapClient.Request(5, CHUNK_BYTES, 64, 65535);

    private final UserBuffer buffer;
    private final TilerHeap heap;

    RenderTargets(ClientSession session, int inFlight) throws ProgramFailure {
        if (inFlight > MOST_IN_FLIGHT) {
            throw new ProgramFailure("no more than " + MOST_IN_FLIGHT + " frames in flight");
        }
        buffer = session.buffer(DESCRIPTORS, SIZE, ClientSession.SHARED);
        heap = session.heap(HEAP);
        long chunk = heap.firstChunkVa();
        buffer.store(
                HEAP_DESCRIPTOR,
                ClientSession.bytes(
                        (long) CHUNK_BYTES << 32,
                        chunk,
                        chunk + CHUNK_HEADER_BYTES,
                        chunk + CHUNK_BYTES));
    }

    PanvkStreams.Shaders shaders() {
        return new PanvkStreams.Shaders(
                RESOURCES_WITH_COUNT,
                DESCRIPTORS + UNIFORMS,
                DESCRIPTORS + PROGRAMS,
                DESCRIPTORS + STORAGE);
    }

    /// Context of the tiler heap.
    long heapVa() {
        return heap.contextVa();
    }

    long tilerContext(int slot) {
        return DESCRIPTORS + TILER_CONTEXTS + slot * EACH;
    }

    long framebuffer(int slot) {
        return DESCRIPTORS + FRAMEBUFFERS + slot * EACH;
    }

    /// Writes the tiler context anew: nothing is tiled into it yet.
    void reset(int slot) {
        long[] context = new long[TILER_CONTEXT_WORDS];
        context[HEAP_POINTER_WORD] = DESCRIPTORS + HEAP_DESCRIPTOR;
        buffer.store(TILER_CONTEXTS + slot * EACH, ClientSession.bytes(context));
    }
}
