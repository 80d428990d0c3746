package org.panscope.core.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panscope.core.mem.PhysicalMemory;

class GpuMmuTest {
    private static final long VALID = (1L << 10) | 3;
    private static final long VA = 0x12_3456_7000L;

    private final PhysicalMemory memory = new PhysicalMemory();
    private final GpuMmu mmu = new GpuMmu(memory, 2);
    private final long page = memory.allocateFrame();
    private long leaf;
    private long middle;

    @BeforeEach
    void mapOnePage() {
        long root = memory.allocateFrame();
        long table = root;
        for (int shift = 39; shift > 12; shift -= 9) {
            long next = memory.allocateFrame();
            middle = table + ((VA >>> shift) & 0x1ff) * 8;
            memory.write64(middle, next | 3);
            table = next;
        }
        leaf = table + ((VA >>> 12) & 0x1ff) * 8;
        memory.write64(leaf, page | VALID);
        mmu.space(1).registers.write32(Regs.AS_TRANSTAB, (int) root);
        mmu.space(1).registers.write32(Regs.AS_TRANSTAB + 4, (int) (root >>> 32));
        mmu.space(1).registers.write32(Regs.AS_TRANSCFG, 6);
        mmu.space(1).latch();
    }

    @Test
    void pageTranslatesWithItsOffset() {
        assertEquals(page + 0x123, mmu.translate(1, VA + 0x123, Access.READ));
    }

    @Test
    void missingPageFaultsAtItsLevel() {
        assertEquals(-0xc3, mmu.translate(1, VA + 0x1000, Access.READ));
        assertEquals(-0xc2, mmu.translate(1, VA + (1L << 21), Access.READ));
        assertEquals(-0xc0, mmu.translate(1, 1L << 40, Access.READ));
        assertEquals(-0xc0, mmu.translate(1, 1L << 48, Access.READ));
    }

    @Test
    void readOnlyPageRefusesWrites() {
        memory.write64(leaf, page | VALID | (1L << 7));
        assertEquals(page, mmu.translate(1, VA, Access.READ));
        assertEquals(-0xcb, mmu.translate(1, VA, Access.WRITE));
    }

    @Test
    void executeNeverPageRefusesExecution() {
        memory.write64(leaf, page | VALID | (1L << 54));
        assertEquals(-0xcb, mmu.translate(1, VA, Access.EXECUTE));
        assertEquals(page, mmu.translate(1, VA, Access.WRITE));
    }

    @Test
    void clearAccessFlagFaults() {
        memory.write64(leaf, page | 3);
        assertEquals(-0xdb, mmu.translate(1, VA, Access.READ));
    }

    @Test
    void blockMapsTwoMebibytes() {
        memory.write64(middle, PhysicalMemory.BASE | (1L << 10) | 1);
        long inBlock = VA & ((1L << 21) - 1);
        memory.allocateFrame();
        while (!memory.isBacked(PhysicalMemory.BASE + inBlock)) {
            memory.allocateFrame();
        }
        assertEquals(PhysicalMemory.BASE + inBlock, mmu.translate(1, VA, Access.READ));
    }

    @Test
    void unmappedPageStaysInTheTlbUntilACommand() {
        assertEquals(page, mmu.translate(1, VA, Access.READ));
        memory.write64(leaf, 0);
        assertEquals(page, mmu.translate(1, VA, Access.READ));
        mmu.space(1).invalidate();
        assertEquals(-0xc3, mmu.translate(1, VA, Access.READ));
    }

    @Test
    void disabledAddressSpaceIsABusFault() {
        assertEquals(GpuMmu.BUS_FAULT, mmu.translate(0, VA, Access.READ));
        assertEquals(GpuMmu.BUS_FAULT, mmu.translate(9, VA, Access.READ));
    }
}
