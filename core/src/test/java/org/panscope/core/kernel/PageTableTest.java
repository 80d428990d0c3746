package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.panscope.core.kernel.mmu.PageTable;
import org.panscope.core.mem.PhysicalMemory;

class PageTableTest {
    private static final long VA = 0x7f12_3456_7000L;

    private final PhysicalMemory memory = new PhysicalMemory();
    private final PageTable table = new PageTable(memory);

    @Test
    void aMappedPageIsFoundByWalkingTheBytes() {
        long frame = memory.allocateFrame();
        table.map(VA, frame, PageTable.attributes(false, true, true));
        long at = table.root();
        for (int shift = 39; shift > 12; shift -= 9) {
            long entry = memory.read64(at + (VA >>> shift & 0x1ff) * 8);
            assertEquals(0b11, entry & 0b11);
            at = entry & ~0xfffL;
        }
        long leaf = memory.read64(at + (VA >>> 12 & 0x1ff) * 8);
        assertEquals(frame | 1L << 54 | 1 << 10 | 0b11 << 8 | 0b01 << 6 | 1 << 2 | 0b11, leaf);
        assertEquals(frame + 0x123, table.translate(VA + 0x123));
    }

    @Test
    void anUnmappedPageTranslatesToNothing() {
        table.map(VA, memory.allocateFrame(), PageTable.attributes(true, false, false));
        assertEquals(0b11L << 6, table.descriptor(VA) & 0b11L << 6);
        table.unmap(VA);
        assertEquals(PageTable.UNMAPPED, table.translate(VA));
        assertEquals(PageTable.UNMAPPED, table.translate(VA + (1L << 39)));
    }
}
