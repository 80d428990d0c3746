package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;

/// How addresses are shown, remembered for those seen last: the same few functions come again and
/// again. What hashes to the same place replaces what was there.
final class SymbolCache {
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;
    private static final int SLOT_BITS = 10;

    private final Symbols symbols;
    private final long[] addresses = new long[1 << SLOT_BITS];
    private final @Nullable String[] texts = new @Nullable String[1 << SLOT_BITS];

    SymbolCache(Symbols symbols) {
        this.symbols = symbols;
    }

    /// Name of what an address points to, or the address.
    String of(long address) {
        int slot = (int) ((address * MIX) >>> (Long.SIZE - SLOT_BITS));
        String known = texts[slot];
        if (known != null && addresses[slot] == address) {
            return known;
        }
        String symbol = symbols.of(address);
        String text = symbol == null ? "0x" + Long.toHexString(address) : symbol;
        addresses[slot] = address;
        texts[slot] = text;
        return text;
    }
}
