package org.panscope.core.hw;

import org.panscope.core.mem.PhysicalMemory;

/// The GPU's MMU: address spaces that walk AArch64 stage-1 page tables in physical memory (4 KiB
/// granule, 48-bit addresses, four levels), with a small TLB each. Stale TLB entries are possible,
/// as on the chip: only address-space commands drop them.
///
/// Simplified: memory attributes are ignored, and a locked region does not stall accesses.
///
/// kernel: drivers/iommu/io-pgtable-arm.c; panthor_mmu.c
public final class GpuMmu {
    /// Result of [#translate] when the address space has no translation table.
    public static final long BUS_FAULT = -0x48;

    private static final int TLB_ENTRIES = 64;
    private static final int TRANSCFG_MODE_AARCH64_4K = 6;
    private static final long ADDRESS_BITS = 0x0000_ffff_ffff_f000L;
    private static final long ACCESS_FLAG = 1L << 10;
    private static final long READ_ONLY = 1L << 7;
    private static final long EXECUTE_NEVER = 1L << 54;
    private static final int TRANSLATION_FAULT = 0xc0;
    private static final int PERMISSION_FAULT = 0xc8;
    private static final int ACCESS_FLAG_FAULT = 0xd8;

    private final PhysicalMemory memory;
    private final AddressSpace[] spaces;

    GpuMmu(PhysicalMemory memory, int spaceCount) {
        this.memory = memory;
        spaces = new AddressSpace[spaceCount];
        for (int i = 0; i < spaceCount; i++) {
            spaces[i] = new AddressSpace();
        }
    }

    /// Physical address of a virtual one, or a negative exception code: `-0xc0 - level`
    /// translation, `-0xc8 - level` permission, `-0xd8 - level` access flag, [#BUS_FAULT].
    public long translate(int as, long va, Access access) {
        if (as < 0 || as >= spaces.length || !spaces[as].enabled()) {
            return BUS_FAULT;
        }
        AddressSpace space = spaces[as];
        long page = va >>> 12;
        int slot = (int) (page % TLB_ENTRIES);
        if (space.tlbPage[slot] != page) {
            long walked = walk(space, va, slot);
            if (walked < 0) {
                return walked;
            }
        }
        long leaf = space.tlbLeaf[slot];
        boolean denied =
                (access.writes() && (leaf & READ_ONLY) != 0)
                        || (access == Access.EXECUTE && (leaf & EXECUTE_NEVER) != 0);
        if (denied) {
            return -(PERMISSION_FAULT + space.tlbLevel[slot]);
        }
        long physical = space.tlbFrame[slot] | (va & 0xfff);
        return memory.isBacked(physical) ? physical : BUS_FAULT;
    }

    /// Whether an address space has a translation table.
    public boolean isEnabled(int as) {
        return as >= 0 && as < spaces.length && spaces[as].enabled();
    }

    AddressSpace space(int as) {
        return spaces[as];
    }

    int count() {
        return spaces.length;
    }

    private long walk(AddressSpace space, long va, int slot) {
        if (va >>> 48 != 0) {
            return -TRANSLATION_FAULT;
        }
        long table = space.transtab & ADDRESS_BITS;
        for (int level = 0; level < 4; level++) {
            int shift = 39 - 9 * level;
            long entryAddress = table + ((va >>> shift) & 0x1ff) * 8;
            if (!memory.isBacked(entryAddress)) {
                return BUS_FAULT;
            }
            long descriptor = memory.read64(entryAddress);
            int type = (int) (descriptor & 3);
            if (type == 3 && level < 3) {
                table = descriptor & ADDRESS_BITS;
                continue;
            }
            boolean isPage = type == 3;
            boolean isBlock = type == 1 && (level == 1 || level == 2);
            if (!isPage && !isBlock) {
                return -(TRANSLATION_FAULT + level);
            }
            if ((descriptor & ACCESS_FLAG) == 0) {
                return -(ACCESS_FLAG_FAULT + level);
            }
            long inside = (1L << shift) - 1;
            long frame = (descriptor & ADDRESS_BITS & ~inside) | (va & inside & ~0xfffL);
            space.fill(slot, va >>> 12, frame, descriptor, level);
            return 0;
        }
        throw new IllegalStateException("walk ran past the last level: va=" + va);
    }

    /// Registers and TLB of one address space. What [GpuMmu] walks is the latched copy that the
    /// UPDATE command takes of the registers.
    static final class AddressSpace {
        private final long[] tlbPage = new long[TLB_ENTRIES];
        private final long[] tlbFrame = new long[TLB_ENTRIES];
        private final long[] tlbLeaf = new long[TLB_ENTRIES];
        private final int[] tlbLevel = new int[TLB_ENTRIES];
        private long transtab;
        private long transcfg;
        final RegisterBank registers = new RegisterBank();
        int faultStatus;
        long faultAddress;
        long busyUntilNs;
        int ownerVmId = -1;

        AddressSpace() {
            invalidate();
        }

        boolean enabled() {
            return (transcfg & 0xf) == TRANSCFG_MODE_AARCH64_4K && transtab != 0;
        }

        long transtab() {
            return transtab;
        }

        void latch() {
            transtab = registers.read64(Regs.AS_TRANSTAB);
            transcfg = registers.read64(Regs.AS_TRANSCFG);
            invalidate();
        }

        void reset() {
            registers.clear();
            faultStatus = 0;
            faultAddress = 0;
            latch();
        }

        void invalidate() {
            java.util.Arrays.fill(tlbPage, -1);
        }

        private void fill(int slot, long page, long frame, long leaf, int level) {
            tlbPage[slot] = page;
            tlbFrame[slot] = frame;
            tlbLeaf[slot] = leaf;
            tlbLevel[slot] = level;
        }
    }
}
