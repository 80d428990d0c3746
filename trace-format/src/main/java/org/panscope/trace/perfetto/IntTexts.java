package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;

/// Texts by number, such as names of threads: a look-up for each event makes no object. Bounded;
/// what is beyond the bound is not kept.
final class IntTexts {
    private static final int MOST = 1 << 20;

    private int[] keys = new int[64];
    private @Nullable String[] texts = new @Nullable String[64];
    private int size;

    @Nullable String get(int key) {
        return texts[slot(key)];
    }

    void put(int key, String text) {
        int slot = slot(key);
        if (texts[slot] == null) {
            if (size >= MOST) {
                return;
            }
            size++;
        }
        keys[slot] = key;
        texts[slot] = text;
        if (size * 2 > keys.length) {
            grow();
        }
    }

    void putIfAbsent(int key, String text) {
        if (get(key) == null) {
            put(key, text);
        }
    }

    private int slot(int key) {
        int mask = keys.length - 1;
        int slot = ((key * 0x9e37_79b1) >>> 7) & mask;
        while (texts[slot] != null && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        @Nullable String[] oldTexts = texts;
        keys = new int[oldKeys.length * 2];
        texts = new @Nullable String[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldTexts[i] != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                texts[slot] = oldTexts[i];
            }
        }
    }
}
