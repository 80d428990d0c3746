package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Texts of messages, each made once as long as the same bytes keep coming.
final class TextCache {
    private static final int SLOTS = 1 << 12;
    private static final int LONGEST = 64;

    private final byte[] @Nullable [] keys = new byte[SLOTS] @Nullable [];
    private final String[] texts = new String[SLOTS];
    private final byte[] buffer = new byte[LONGEST];

    /// The text in the field a cursor stands on.
    String get(ProtoCursor cursor) throws ProtoException {
        int length = cursor.length();
        if (length > LONGEST) {
            return cursor.text();
        }
        MemorySegment.copy(cursor.bytes(), ValueLayout.JAVA_BYTE, cursor.from(), buffer, 0, length);
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + buffer[i];
        }
        int slot = (hash ^ hash >>> 12) & SLOTS - 1;
        byte[] key = keys[slot];
        if (key == null || !Arrays.equals(key, 0, key.length, buffer, 0, length)) {
            keys[slot] = Arrays.copyOf(buffer, length);
            texts[slot] = new String(buffer, 0, length, StandardCharsets.UTF_8);
        }
        return texts[slot];
    }
}
