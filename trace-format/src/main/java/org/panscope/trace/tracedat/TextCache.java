package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

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
    private static final int SLOT_BITS = 12;

    /// Texts are kept as this many words of eight bytes, unused ones zero; longer ones are not
    /// kept. A text has no NUL, so that the words tell its length as well.
    private static final int WORDS = 4;

    private final long[] keys = new long[WORDS << SLOT_BITS];
    private final @Nullable String[] texts = new @Nullable String[1 << SLOT_BITS];

    /// The UTF-8 text up to a NUL or the end of the range.
    ///
    /// @param from an array with [#SLACK] bytes behind the range
    String text(byte[] from, int at, int most) {
        long first = word(from, at, most);
        long second = 0;
        long third = 0;
        long fourth = 0;
        if (isFull(first)) {
            second = word(from, at + 8, most - 8);
            if (isFull(second)) {
                third = word(from, at + 16, most - 16);
                if (isFull(third)) {
                    fourth = word(from, at + 24, most - 24);
                    if (isFull(fourth)) {
                        return decode(from, at, most);
                    }
                }
            }
        }
        long hash = ((first * MIX ^ second) * MIX ^ third) * MIX ^ fourth;
        int slot = (int) (((hash ^ (hash >>> 29)) * MIX) >>> (Long.SIZE - SLOT_BITS));
        int key = slot * WORDS;
        String text = texts[slot];
        if (text == null
                || keys[key] != first
                || keys[key + 1] != second
                || keys[key + 2] != third
                || keys[key + 3] != fourth) {
            text = decode(from, at, most);
            texts[slot] = text;
            keys[key] = first;
            keys[key + 1] = second;
            keys[key + 2] = third;
            keys[key + 3] = fourth;
        }
        return text;
    }

    /// The UTF-8 text up to a NUL or the end of the range, not remembered.
    static String decode(byte[] from, int at, int most) {
        int length = 0;
        while (length < most && from[at + length] != 0) {
            length++;
        }
        return new String(from, at, length, StandardCharsets.UTF_8);
    }

    /// The next eight bytes, zero from a NUL or the end of the range on.
    private static long word(byte[] from, int at, int most) {
        if (most <= 0) {
            return 0;
        }
        long word = (long) LONG.get(from, at);
        long nul = (word - ONES) & ~word & TOPS;
        int bytes = nul == 0 ? 8 : Long.numberOfTrailingZeros(nul) >> 3;
        bytes = Math.min(bytes, most);
        return bytes == 8 ? word : word & ((1L << (bytes * 8)) - 1);
    }

    /// Whether a text may go on behind a word.
    private static boolean isFull(long word) {
        return word >>> 56 != 0;
    }
}
