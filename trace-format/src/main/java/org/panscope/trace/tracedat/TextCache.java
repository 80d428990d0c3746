package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Texts seen before, by their bytes: the names of threads, rings and devices come in every other
/// record, and each is to be one string. Bounded; what hashes to the same place replaces what was
/// there.
final class TextCache {
    /// Bytes that may be read beyond a text.
    static final int SLACK = 8;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;
    private static final int SLOT_BITS = 13;

    /// Longer texts seldom come twice.
    private static final int LONGEST = 64;

    private final byte[][] keys = new byte[1 << SLOT_BITS][];
    private final @Nullable String[] texts = new @Nullable String[1 << SLOT_BITS];

    /// The UTF-8 text up to a NUL or the end of the range.
    ///
    /// @param from an array with [#SLACK] bytes behind the range
    String text(byte[] from, int at, int most) {
        long hash = 0;
        int length = 0;
        while (length < most) {
            long word = (long) LONG.get(from, at + length);
            long nul = ((word - ONES) & ~word) & TOPS;
            int bytes =
                    Math.min(nul == 0 ? 8 : Long.numberOfTrailingZeros(nul) >> 3, most - length);
            if (bytes < 8) {
                word &= (1L << (bytes * 8)) - 1;
                length += bytes;
                hash = (hash ^ word) * MIX;
                break;
            }
            hash = (hash ^ word) * MIX;
            length += 8;
        }
        if (length == 0) {
            return "";
        }
        if (length > LONGEST) {
            return new String(from, at, length, StandardCharsets.UTF_8);
        }
        int slot = (int) (((hash ^ (hash >>> 29)) * MIX) >>> (Long.SIZE - SLOT_BITS));
        byte[] key = keys[slot];
        String text = texts[slot];
        if (text == null || !Arrays.equals(key, 0, key.length, from, at, at + length)) {
            key = Arrays.copyOfRange(from, at, at + length);
            text = new String(key, StandardCharsets.UTF_8);
            keys[slot] = key;
            texts[slot] = text;
        }
        return text;
    }
}
