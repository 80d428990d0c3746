package org.panscope.core.exec;

import java.util.Map;
import java.util.TreeMap;

/// Bytes at addresses, zero where nothing was stored.
final class ReferenceMemory {
    static final int BLOCK_BYTES = 64;

    private static final int SHIFT = 6;

    private final TreeMap<Long, byte[]> blocks = new TreeMap<>();

    void load(long va, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            store(va + i, bytes[i], 1);
        }
    }

    long read(long va, int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            byte[] block = blocks.get((va + i) >> SHIFT);
            int at = (int) (va + i) & (BLOCK_BYTES - 1);
            value = (value << 8) | (block == null ? 0 : block[at] & 0xff);
        }
        return value;
    }

    void store(long va, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            byte[] block = blocks.computeIfAbsent((va + i) >> SHIFT, _ -> new byte[BLOCK_BYTES]);
            block[(int) (va + i) & (BLOCK_BYTES - 1)] = (byte) (value >>> (8 * i));
        }
    }

    /// Drops the block at an address.
    void forget(long va) {
        blocks.remove(va >> SHIFT);
    }

    /// Everything that was loaded or stored, by address.
    Map<Long, byte[]> blocks() {
        TreeMap<Long, byte[]> byAddress = new TreeMap<>();
        blocks.forEach((number, bytes) -> byAddress.put(number << SHIFT, bytes));
        return byAddress;
    }
}
