package org.panscope.core.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panscope.core.mem.PhysicalMemory;

class GpuMmuTest {
    private static final long VALID = (1L << 10) | (1L << 6) | 3;
    private static final long MODE_4K = 6 | (7 << 6);
    private static final long VA = 0x12_3456_7000L;

    private final PhysicalMemory memory = new PhysicalMemory();
    private final GpuMmu mmu = new GpuMmu(memory, GpuParameters.defaults());
    private final AddressSpace space = mmu.space(1);
    private final long page = memory.allocateFrame();
    private long leaf;
    private long middle;
    private long upper;

    @BeforeEach
    void mapOnePage() {
        long root = memory.allocateFrame();
        long table = root;
        for (int shift = 39; shift > 12; shift -= 9) {
            long next = memory.allocateFrame();
            upper = middle;
            middle = table + ((VA >>> shift) & 0x1ff) * 8;
            memory.write64(middle, next | 3);
            table = next;
        }
        leaf = table + ((VA >>> 12) & 0x1ff) * 8;
        memory.write64(leaf, page | VALID);
        space.setTranstab(root);
        configure(MODE_4K);
    }

    private void configure(long transcfg) {
        space.setTranscfg(transcfg);
        space.latch();
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
        memory.write64(leaf, page | (VALID & ~(1L << 10)));
        assertEquals(-0xdb, mmu.translate(1, VA, Access.READ));
    }

    @Test
    void blockMapsTwoMebibytes() {
        memory.write64(middle, PhysicalMemory.BASE | (VALID & ~2));
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
        space.invalidate();
        assertEquals(-0xc3, mmu.translate(1, VA, Access.READ));
    }

    @Test
    void disabledAddressSpaceIsABusFault() {
        assertEquals(GpuMmu.BUS_FAULT, mmu.translate(0, VA, Access.READ));
        assertEquals(GpuMmu.BUS_FAULT, mmu.translate(9, VA, Access.READ));
    }

    @Test
    void blockMapsAGibibyte() {
        memory.write64(upper, PhysicalMemory.BASE | (VALID & ~2));
        assertEquals(
                PhysicalMemory.BASE + (page & 0xfff),
                mmu.translate(1, VA & -(1L << 30), Access.READ));
    }

    @Test
    void addressBeyondTheInputWidthIsAnAddressSizeFault() {
        assertEquals(-0xe0, mmu.translate(1, 1L << 48, Access.READ));
        configure(6 | ((55 - 41) << 6));
        assertEquals(page, mmu.translate(1, VA, Access.READ));
        assertEquals(-0xe0, mmu.translate(1, 1L << 41, Access.READ));
    }

    @Test
    void narrowInputStartsTheWalkOneLevelLater() {
        configure(6 | ((55 - 39) << 6));
        space.setTranstab(memory.read64(rootEntry()) & ~3);
        configure(6 | ((55 - 39) << 6));
        assertEquals(page, mmu.translate(1, VA & ((1L << 39) - 1), Access.READ));
    }

    private long rootEntry() {
        return space.config().transtab() + (VA >>> 39) * 8;
    }

    @Test
    void frameBeyondTheOutputWidthIsAnAddressSizeFaultOfItsLevel() {
        memory.write64(leaf, (1L << 40) | VALID);
        assertEquals(-0xe7, mmu.translate(1, VA, Access.READ));
        memory.write64(leaf, page | VALID);
        configure(MODE_4K | ((55 - 32) << 14));
        assertEquals(-0xe4, mmu.translate(1, VA, Access.READ));
    }

    @Test
    void memoryOfAFaultAttributeMayNotBeAccessed() {
        memory.write64(leaf, page | VALID | (2 << 2));
        space.setMemattr(0xc0L << 16);
        configure(MODE_4K);
        assertEquals(-0xeb, mmu.translate(1, VA, Access.READ));
        space.setMemattr(0);
        configure(MODE_4K);
        assertEquals(page, mmu.translate(1, VA, Access.READ));
    }

    @Test
    void privilegedPageIsOutOfReachUnlessTheParameterSaysOtherwise() {
        memory.write64(leaf, page | (VALID & ~(1L << 6)));
        assertEquals(-0xcb, mmu.translate(1, VA, Access.READ));
        GpuMmu careless =
                new GpuMmu(
                        memory, GpuParameters.defaults().with(GpuParameters.CHECK_UNPRIVILEGED, 0));
        careless.space(1).setTranstab(space.config().transtab());
        careless.space(1).setTranscfg(MODE_4K);
        careless.space(1).latch();
        assertEquals(page, careless.translate(1, VA, Access.READ));
    }

    @Test
    void tableEntriesRestrictWhatIsBelowUnlessDisabled() {
        memory.write64(upper, memory.read64(upper) | (1L << 62) | (1L << 60));
        assertEquals(-0xcb, mmu.translate(1, VA, Access.WRITE));
        assertEquals(-0xcb, mmu.translate(1, VA, Access.EXECUTE));
        assertEquals(page, mmu.translate(1, VA, Access.READ));
        configure(MODE_4K | (1L << 33));
        assertEquals(page, mmu.translate(1, VA, Access.WRITE));
    }

    @Test
    void accessFlagFaultCanBeSwitchedOff() {
        memory.write64(leaf, page | (VALID & ~(1L << 10)));
        configure(MODE_4K | (1L << 34));
        assertEquals(page, mmu.translate(1, VA, Access.READ));
    }

    @Test
    void writablePageIsNotExecutableWhereTheRegisterSaysSo() {
        assertEquals(page, mmu.translate(1, VA, Access.EXECUTE));
        configure(MODE_4K | (1L << 35));
        assertEquals(-0xcb, mmu.translate(1, VA, Access.EXECUTE));
    }

    @Test
    void identityModeTranslatesNothing() {
        configure(2);
        assertEquals(page + 8, mmu.translate(1, page + 8, Access.WRITE));
        assertEquals(GpuMmu.BUS_FAULT, mmu.translate(1, 0, Access.READ));
        assertEquals(GpuMmu.BUS_FAULT, mmu.translate(1, -8, Access.READ));
    }

    @Test
    void tablesOf64KibibytePagesAreRefused() {
        configure(8);
        assertEquals(-0xc0, mmu.translate(1, VA, Access.READ));
    }

    @Test
    void unmappedModeIsABusFault() {
        configure(1);
        assertEquals(GpuMmu.BUS_FAULT, mmu.translate(1, VA, Access.READ));
    }

    @Test
    void registersCountOnlyOnceTheyAreLatched() {
        space.setTranscfg(1);
        assertEquals(page, mmu.translate(1, VA, Access.READ));
    }

    @Test
    void lockedRegionReachesFromItsBaseOverItsSize() {
        space.setLockaddr(0x10_0000L | 14);
        space.lock();
        assertTrue(mmu.isLocked(1, 0x10_0000L));
        assertTrue(mmu.isLocked(1, 0x10_7fffL));
        assertFalse(mmu.isLocked(1, 0x10_8000L));
        assertFalse(mmu.isLocked(1, 0xf_ffffL));
        space.setLockaddr(63);
        space.lock();
        assertTrue(mmu.isLocked(1, -1));
        space.unlock();
        assertFalse(mmu.isLocked(1, 0x10_0000L));
    }
}
