package org.panscope.core.hw;

import org.panscope.core.mem.PhysicalMemory;

/// Walks AArch64 stage-1 tables of the 4 KiB granule: up to four levels, blocks of 1 GiB at level 1
/// and of 2 MiB at level 2.
///
/// ```
/// table  62:61 APTable  60 XNTable                      47..12 next table   1:0 = 3
/// leaf   54 XN  47..12 frame  10 AF  7:6 AP  4:2 AttrIndx   1:0 = 3 page, 1 block
/// ```
///
/// kernel: drivers/iommu/io-pgtable-arm.c
final class PageWalk {
    private static final int LEVELS = 4;
    private static final long ADDRESS_BITS = 0x0000_ffff_ffff_f000L;
    private static final long ACCESS_FLAG = 1L << 10;
    private static final long READ_ONLY = 1L << 7;
    private static final long UNPRIVILEGED = 1L << 6;
    private static final long EXECUTE_NEVER = 1L << 54;
    private static final long TABLE_READ_ONLY = 1L << 62;
    private static final long TABLE_PRIVILEGED = 1L << 61;
    private static final long TABLE_EXECUTE_NEVER = 1L << 60;

    private final PhysicalMemory memory;
    private final int physicalBits;

    /// @param physicalBits width of the addresses the GPU can put out
    PageWalk(PhysicalMemory memory, int physicalBits) {
        this.memory = memory;
        this.physicalBits = physicalBits;
    }

    /// How a walk ended.
    ///
    /// @param fault exception code, or 0
    /// @param frame physical address of the page
    /// @param level of the leaf
    record Leaf(
            int fault,
            long frame,
            int level,
            boolean isWritable,
            boolean isExecutable,
            boolean isUnprivileged,
            int attribute) {
        /// No translation at all.
        static final Leaf NONE = new Leaf(-1, 0, 0, false, false, false, 0);

        private static Leaf fault(int code) {
            return new Leaf(code, 0, 0, false, false, false, 0);
        }
    }

    Leaf walk(TranslationConfig config, long va) {
        if (va >>> config.inputBits() != 0) {
            return Leaf.fault(MmuFault.ADDRESS_SIZE_IN);
        }
        long beyond = -1L << config.outputBits(physicalBits);
        long table = config.transtab() & ADDRESS_BITS;
        long inherited = 0;
        for (int level = config.firstLevel(); level < LEVELS; level++) {
            int shift = 39 - 9 * level;
            long entryAddress = table + ((va >>> shift) & 0x1ff) * Long.BYTES;
            if ((entryAddress & beyond) != 0) {
                return Leaf.fault(MmuFault.ADDRESS_SIZE_OUT + level);
            }
            if (!memory.isBacked(entryAddress)) {
                return Leaf.fault(MmuFault.BUS);
            }
            long descriptor = memory.read64(entryAddress);
            int type = (int) (descriptor & 3);
            if (type == 3 && level < LEVELS - 1) {
                table = descriptor & ADDRESS_BITS;
                inherited |= config.hierarchicalPermissions() ? descriptor : 0;
                continue;
            }
            boolean isBlock = type == 1 && (level == 1 || level == 2);
            if (type != 3 && !isBlock) {
                return Leaf.fault(MmuFault.TRANSLATION + level);
            }
            if ((descriptor & ACCESS_FLAG) == 0 && config.accessFlagFaults()) {
                return Leaf.fault(MmuFault.ACCESS_FLAG + level);
            }
            long inside = (1L << shift) - 1;
            long frame = (descriptor & ADDRESS_BITS & ~inside) | (va & inside & ~0xfffL);
            if ((frame & beyond) != 0) {
                return Leaf.fault(MmuFault.ADDRESS_SIZE_OUT + level);
            }
            return leaf(config, descriptor, inherited, frame, level);
        }
        throw new IllegalStateException("walk ran past the last level: va=" + va);
    }

    private static Leaf leaf(
            TranslationConfig config, long descriptor, long inherited, long frame, int level) {
        boolean isWritable = (descriptor & READ_ONLY) == 0 && (inherited & TABLE_READ_ONLY) == 0;
        boolean isExecutable =
                (descriptor & EXECUTE_NEVER) == 0
                        && (inherited & TABLE_EXECUTE_NEVER) == 0
                        && !(isWritable && config.writableIsExecuteNever());
        boolean isUnprivileged =
                (descriptor & UNPRIVILEGED) != 0 && (inherited & TABLE_PRIVILEGED) == 0;
        int attribute = (int) (descriptor >> 2 & 7);
        return new Leaf(0, frame, level, isWritable, isExecutable, isUnprivileged, attribute);
    }
}
