package org.panscope.core.hw;

/// The GPU's register window as the CPU sees it: 32-bit words at byte offsets from the base. The
/// doorbell pages lie in it too. Reads and writes have the side effects of the real registers.
///
/// kernel: drivers/gpu/drm/panthor/panthor_regs.h
public interface Registers {
    int read32(long offset);

    void write32(long offset, int value);

    /// Two reads, low word first; counters are read again until the high word is stable.
    default long read64(long offset) {
        return (read32(offset) & 0xffff_ffffL) | (long) read32(offset + 4) << 32;
    }

    /// Two writes, low word first.
    default void write64(long offset, long value) {
        write32(offset, (int) value);
        write32(offset + 4, (int) (value >>> 32));
    }
}
