package org.panscope.core.kernel.mmu;

import org.panscope.core.mem.PhysicalMemory;

import java.util.ArrayList;
import java.util.List;

/// AArch64 LPAE stage-1 page tables as bytes in RAM: 4 KiB granule, 48-bit addresses, four levels.
///
/// ```
/// VA      47..39   38..30   29..21   20..12   11..0
///         level 0  level 1  level 2  level 3  offset
/// entry   54 XN | 47..12 address | 10 AF | 9:8 SH | 7:6 AP | 4:2 AttrIndx | 1:0 = 0b11 valid
/// ```
///
/// Simplified: pages of 4 KiB only, no 2 MiB blocks.
///
/// kernel: drivers/iommu/io-pgtable-arm.c
public final class PageTable {
    public static final int PAGE_BYTES = PhysicalMemory.FRAME_BYTES;
    public static final int VA_BITS = 48;

    /// What [#translate] returns for an address without a valid entry.
    public static final long UNMAPPED = -1;

    public static final long VALID = 0b11;
    public static final long READ_ONLY = 0b11L << 6;
    public static final long READ_WRITE = 0b01L << 6;
    public static final long SH_INNER = 0b11L << 8;
    public static final long ACCESS_FLAG = 1L << 10;
    public static final long EXECUTE_NEVER = 1L << 54;
    public static final int ATTR_NON_CACHEABLE = 0;
    public static final int ATTR_CACHED = 1;

    private static final long ADDRESS_MASK = 0x0000_ffff_ffff_f000L;
    private static final int LAST_LEVEL = 3;

    private final PhysicalMemory memory;
    private final List<Long> tables = new ArrayList<>();
    private final long root;

    public PageTable(PhysicalMemory memory) {
        this.memory = memory;
        root = newTable();
    }

    /// Physical address of the level-0 table: what TRANSTAB holds.
    public long root() {
        return root;
    }

    /// Attribute bits of a page.
    public static long attributes(boolean readOnly, boolean noExec, boolean cached) {
        return (readOnly ? READ_ONLY : READ_WRITE)
                | (noExec ? EXECUTE_NEVER : 0)
                | SH_INNER
                | ACCESS_FLAG
                | (long) (cached ? ATTR_CACHED : ATTR_NON_CACHEABLE) << 2;
    }

    /// Makes a page show a frame.
    public void map(long va, long physicalAddress, long attributes) {
        long table = root;
        for (int level = 0; level < LAST_LEVEL; level++) {
            long entryAt = entryAddress(table, va, level);
            long entry = memory.read64(entryAt);
            if ((entry & VALID) != VALID) {
                entry = newTable() | VALID;
                memory.write64(entryAt, entry);
            }
            table = entry & ADDRESS_MASK;
        }
        memory.write64(
                entryAddress(table, va, LAST_LEVEL),
                (physicalAddress & ADDRESS_MASK) | attributes | VALID);
    }

    /// Clears the entry of a page, if it has one.
    public void unmap(long va) {
        long table = root;
        for (int level = 0; level < LAST_LEVEL; level++) {
            long entry = memory.read64(entryAddress(table, va, level));
            if ((entry & VALID) != VALID) {
                return;
            }
            table = entry & ADDRESS_MASK;
        }
        memory.write64(entryAddress(table, va, LAST_LEVEL), 0);
    }

    /// The last-level descriptor of an address, or 0.
    public long descriptor(long va) {
        long table = root;
        for (int level = 0; ; level++) {
            long entry = memory.read64(entryAddress(table, va, level));
            if ((entry & VALID) != VALID) {
                return 0;
            }
            if (level == LAST_LEVEL) {
                return entry;
            }
            table = entry & ADDRESS_MASK;
        }
    }

    /// Physical address behind `va`, or [#UNMAPPED].
    public long translate(long va) {
        long entry = descriptor(va);
        return entry == 0 ? UNMAPPED : (entry & ADDRESS_MASK) | (va & (PAGE_BYTES - 1));
    }

    /// Gives the tables' frames back.
    public void free() {
        tables.forEach(memory::freeFrame);
        tables.clear();
    }

    private long newTable() {
        long table = memory.allocateFrame();
        tables.add(table);
        return table;
    }

    private static long entryAddress(long table, long va, int level) {
        long index = va >>> (39 - 9 * level) & 0x1ff;
        return table + index * Long.BYTES;
    }
}
