package org.panscope.core.kernel.heap;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.trace.event.MemoryEvent.MemWrite;
import org.panscope.trace.event.MemoryEvent.MemoryWriter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A `panthor_heap_chunk`: a piece of tiler memory in the kernel's part of an address space.
///
/// ```
/// header    0  u64  next: the chunk before it in the list, as #encoded; 0 for none
///           8  56 bytes of 0
/// pointer   63:12 address | 11:0 size in units of 4 KiB
/// ```
///
/// @param va GPU address
/// @param bo its memory
///
///   kernel: panthor_heap.c: struct panthor_heap_chunk_header, panthor_alloc_heap_chunk
record HeapChunk(long va, GemObject bo) {
    private static final int HEADER_BYTES = 64;
    private static final int NEXT = 0;
    private static final int UNIT_SHIFT = 12;

    /// A pointer to it, as the hardware reads them.
    long encoded() {
        return va >>> UNIT_SHIFT << UNIT_SHIFT | bo.sizeBytes() >>> UNIT_SHIFT;
    }

    /// Address in a pointer.
    static long addressIn(long encoded) {
        return encoded >>> UNIT_SHIFT << UNIT_SHIFT;
    }

    /// Writes the header of a new chunk.
    ///
    /// @param next pointer to the chunk it is put in front of, or 0
    void writeHeader(KernelContext kernel, long next) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(NEXT, next);
        bo.buffer().write(0, header.array());
        kernel.sim()
                .emit(
                        kernel.memoryTrack(),
                        new MemWrite(bo.id(), 0, header.array(), MemoryWriter.KERNEL));
    }

    /// Takes memory and maps it.
    ///
    /// @return the chunk with a header still to be written, or null when there is no room
    static @Nullable HeapChunk allocate(KernelContext kernel, GpuVm vm, int bytes) {
        GemObject bo = GemObject.kernelObject(kernel, "Tiler heap chunk", bytes, vm);
        long va = vm.mapKernelObject(bo, VmBindOp.MAP_NOEXEC);
        if (va == GpuVm.NO_ROOM) {
            bo.put();
            return null;
        }
        return new HeapChunk(va, bo);
    }

    void free(GpuVm vm) {
        vm.unmap(va, bo.sizeBytes());
        bo.put();
    }
}
