package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.Access;
import org.panscope.core.mem.PhysicalMemory;

/// A synchronisation object in memory.
///
/// ```
///           32-bit object    64-bit object
/// +0        u32 value        u64 value
/// +4        u32 status
/// +8                         u32 status
/// ```
///
/// @param va its address
/// @param valueAt physical address of the value
/// @param statusAt physical address of the status, 0 no fault, 1 fault
/// @param sizeBytes width of the value
record SyncObject(long va, long valueAt, long statusAt, int sizeBytes) {
    /// The object at an address, or null after a fault was reported.
    static @Nullable SyncObject at(StreamCore core, long address, int sizeBytes, Access access) {
        // ASSUMPTION: cs.sync_object_alignment.
        boolean natural = core.rules.syncObjectsNaturallyAligned;
        int block = natural ? 2 * sizeBytes : sizeBytes;
        long va = core.align(address, block);
        long valueAt = core.access(va, block, access);
        if (valueAt < 0) {
            return null;
        }
        long statusAt =
                natural ? valueAt + sizeBytes : core.access(va + sizeBytes, Integer.BYTES, access);
        return statusAt < 0 ? null : new SyncObject(va, valueAt, statusAt, sizeBytes);
    }

    long value(PhysicalMemory memory) {
        return sizeBytes == Long.BYTES
                ? memory.read64(valueAt)
                : memory.read32(valueAt) & 0xffff_ffffL;
    }

    int status(PhysicalMemory memory) {
        return memory.read32(statusAt);
    }

    void store(PhysicalMemory memory, long value, int status) {
        if (sizeBytes == Long.BYTES) {
            memory.write64(valueAt, value);
        } else {
            memory.write32(valueAt, (int) value);
        }
        memory.write32(statusAt, status);
    }
}
