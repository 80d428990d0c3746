package org.panscope.core.kernel.mmu;

import org.panscope.core.mem.PhysicalMemory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// AArch64 LPAE stage-1 page tables as bytes in RAM: 4 KiB granule, 48-bit addresses, four levels,
/// leaves of 4 KiB and 2 MiB.
///
/// ```
/// VA      47..39   38..30   29..21   20..12   11..0
///         level 0  level 1  level 2  level 3  offset
/// entry   54 XN | 47..12 address | 10 AF | 9:8 SH | 7:6 AP | 4:2 AttrIndx
///         1:0 = 0b11 table or page, 0b01 block (level 2)
/// ```
///
/// kernel: drivers/iommu/io-pgtable-arm.c
public final class PageTable {
    public static final int PAGE_BYTES = PhysicalMemory.FRAME_BYTES;
    public static final int VA_BITS = 48;

    /// Bytes of a block of level 2.
    public static final long BLOCK_BYTES = 2L << 20;

    /// What [#translate] returns for an address without a valid entry.
    public static final long UNMAPPED = -1;

    public static final long VALID = 0b11;
    public static final long BLOCK = 0b01;
    public static final long READ_ONLY = 0b11L << 6;
    public static final long READ_WRITE = 0b01L << 6;
    public static final long SH_INNER = 0b11L << 8;
    public static final long ACCESS_FLAG = 1L << 10;
    public static final long EXECUTE_NEVER = 1L << 54;
    public static final int ATTR_NON_CACHEABLE = 0;
    public static final int ATTR_CACHED = 1;

    private static final long ADDRESS_MASK = 0x0000_ffff_ffff_f000L;
    private static final int BLOCK_LEVEL = 2;
    private static final int LAST_LEVEL = 3;
    private static final int ENTRIES = 512;

    private final PhysicalMemory memory;
    private final List<Long> tables = new ArrayList<>();
    private final long root;

    public PageTable(PhysicalMemory memory) {
        this.memory = memory;
        root = memory.allocateFrame();
        tables.add(root);
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

    /// Tables that mapping a range can need at most: levels 1 to 3.
    static long tablesFor(long va, long sizeBytes) {
        return spans(va, sizeBytes, 39) + spans(va, sizeBytes, 30) + spans(va, sizeBytes, 21);
    }

    private static long spans(long va, long sizeBytes, int shift) {
        return sizeBytes == 0 ? 0 : ((va + sizeBytes - 1) >>> shift) - (va >>> shift) + 1;
    }

    /// Makes a page show a frame, with tables from RAM.
    public void map(long va, long physicalAddress, long attributes) {
        Deque<Long> spare = new ArrayDeque<>();
        for (int level = 0; level < LAST_LEVEL; level++) {
            spare.add(memory.allocateFrame());
        }
        mapPage(va, physicalAddress, attributes, spare);
        spare.forEach(memory::freeFrame);
    }

    /// Makes a page show a frame.
    ///
    /// @param spare zeroed frames for tables
    void mapPage(long va, long physicalAddress, long attributes, Deque<Long> spare) {
        long table = tableOf(va, LAST_LEVEL, spare);
        memory.write64(
                entryAddress(table, va, LAST_LEVEL),
                (physicalAddress & ADDRESS_MASK) | attributes | VALID);
    }

    /// Makes 2 MiB show a block of frames.
    void mapBlock(long va, long physicalAddress, long attributes, Deque<Long> spare) {
        long entryAt = entryAddress(tableOf(va, BLOCK_LEVEL, spare), va, BLOCK_LEVEL);
        long before = memory.read64(entryAt);
        memory.write64(entryAt, (physicalAddress & ADDRESS_MASK) | attributes | BLOCK);
        if ((before & VALID) == VALID) {
            freeTable(before & ADDRESS_MASK);
        }
    }

    /// Clears the entry of a page, if it has one.
    public void unmap(long va) {
        unmap(va, PAGE_BYTES, new ArrayDeque<>());
    }

    /// Clears the entries of a range of whole pages. A block that reaches out of it is split.
    ///
    /// @param spare zeroed frames for the tables of split blocks
    void unmap(long va, long sizeBytes, Deque<Long> spare) {
        long end = va + sizeBytes;
        for (long at = va; at < end; ) {
            int level = 0;
            long entryAt = entryAddress(root, at, 0);
            long entry = memory.read64(entryAt);
            while (level < LAST_LEVEL && (entry & VALID) == VALID) {
                level++;
                entryAt = entryAddress(entry & ADDRESS_MASK, at, level);
                entry = memory.read64(entryAt);
            }
            long covered = 1L << (39 - 9 * level);
            long next = (at | (covered - 1)) + 1;
            boolean isBlock = level == BLOCK_LEVEL && (entry & VALID) == BLOCK;
            if (isBlock && (at % BLOCK_BYTES != 0 || end < next)) {
                split(entryAt, entry, spare);
                continue;
            }
            if (entry != 0) {
                memory.write64(entryAt, 0);
            }
            at = next;
        }
        freeEmptyTables(va, end);
    }

    private void split(long entryAt, long block, Deque<Long> spare) {
        long table = take(spare);
        long leaf = (block & ~ADDRESS_MASK) | VALID;
        for (int i = 0; i < ENTRIES; i++) {
            long frame = (block & ADDRESS_MASK) + (long) i * PAGE_BYTES;
            memory.write64(table + (long) i * Long.BYTES, frame | leaf);
        }
        memory.write64(entryAt, table | VALID);
    }

    /// Last-level tables of which everything was unmapped in whole 2 MiB go back.
    private void freeEmptyTables(long from, long end) {
        long first = (from + BLOCK_BYTES - 1) & -BLOCK_BYTES;
        for (long va = first; va + BLOCK_BYTES <= end; ) {
            long entryAt = entryAddress(root, va, 0);
            long entry = memory.read64(entryAt);
            int level = 0;
            while (level < BLOCK_LEVEL && (entry & VALID) == VALID) {
                level++;
                entryAt = entryAddress(entry & ADDRESS_MASK, va, level);
                entry = memory.read64(entryAt);
            }
            if (level == BLOCK_LEVEL && (entry & VALID) == VALID) {
                memory.write64(entryAt, 0);
                freeTable(entry & ADDRESS_MASK);
            }
            long covered = 1L << (39 - 9 * level);
            va = (va | (covered - 1)) + 1;
        }
    }

    private long tableOf(long va, int leafLevel, Deque<Long> spare) {
        long table = root;
        for (int level = 0; level < leafLevel; level++) {
            long entryAt = entryAddress(table, va, level);
            long entry = memory.read64(entryAt);
            if ((entry & VALID) != VALID) {
                entry = take(spare) | VALID;
                memory.write64(entryAt, entry);
            }
            table = entry & ADDRESS_MASK;
        }
        return table;
    }

    /// The last-level descriptor of an address, or 0.
    public long descriptor(long va) {
        long table = root;
        for (int level = 0; ; level++) {
            long entry = memory.read64(entryAddress(table, va, level));
            if (level == BLOCK_LEVEL && (entry & VALID) == BLOCK) {
                return entry;
            }
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
        if (entry == 0) {
            return UNMAPPED;
        }
        long inside = ((entry & VALID) == BLOCK ? BLOCK_BYTES : PAGE_BYTES) - 1;
        return (entry & ADDRESS_MASK & ~inside) | (va & inside);
    }

    /// Gives the tables' frames back.
    public void free() {
        tables.forEach(memory::freeFrame);
        tables.clear();
    }

    private long take(Deque<Long> spare) {
        long table = spare.remove();
        tables.add(table);
        return table;
    }

    private void freeTable(long table) {
        tables.remove((Long) table);
        memory.freeFrame(table);
    }

    private static long entryAddress(long table, long va, int level) {
        long index = va >>> (39 - 9 * level) & 0x1ff;
        return table + index * Long.BYTES;
    }
}
