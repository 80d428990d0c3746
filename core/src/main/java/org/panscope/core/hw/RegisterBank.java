package org.panscope.core.hw;

import java.util.TreeMap;

/// 32-bit words that keep what was written to them.
final class RegisterBank {
    private final TreeMap<Long, Integer> words = new TreeMap<>();

    int read32(long offset) {
        return words.getOrDefault(offset, 0);
    }

    long read64(long offset) {
        return (read32(offset) & 0xffff_ffffL) | ((long) read32(offset + 4) << 32);
    }

    void write32(long offset, int value) {
        words.put(offset, value);
    }

    void clear() {
        words.clear();
    }
}
