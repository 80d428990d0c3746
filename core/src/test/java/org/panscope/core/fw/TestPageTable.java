package org.panscope.core.fw;

import org.panscope.core.mem.BufferObject;
import org.panscope.core.mem.PhysicalMemory;

/// A four-level page table that a test fills, 4 KiB pages only.
final class TestPageTable {
    static final long READ_ONLY = 1L << 7;
    private static final long VALID = (1L << 10) | (1L << 6) | 3;

    private final PhysicalMemory memory;
    private final long root;

    TestPageTable(PhysicalMemory memory) {
        this.memory = memory;
        root = memory.allocateFrame();
    }

    long root() {
        return root;
    }

    void map(long va, BufferObject bo) {
        map(va, bo, 0);
    }

    void map(long va, BufferObject bo, long attributes) {
        for (long at = 0; at < bo.sizeBytes(); at += PhysicalMemory.FRAME_BYTES) {
            memory.write64(leaf(va + at), bo.physicalAddress(at) | attributes | VALID);
        }
    }

    void unmap(long va) {
        memory.write64(leaf(va), 0);
    }

    private long leaf(long va) {
        long table = root;
        for (int shift = 39; shift > 12; shift -= 9) {
            long entry = table + ((va >>> shift) & 0x1ff) * 8;
            if (memory.read64(entry) == 0) {
                memory.write64(entry, memory.allocateFrame() | 3);
            }
            table = memory.read64(entry) & 0x0000_ffff_ffff_f000L;
        }
        return table + ((va >>> 12) & 0x1ff) * 8;
    }
}
