package org.panscope.core.capture;

import java.util.Arrays;

/// Numbers by numbers, without an object for each: a table that is at most half full, in which a
/// key stands at its own slot or in the next free one.
final class NumberMap {
    /// Stands for no value; values are not negative.
    static final long ABSENT = -1;

    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private long[] keys = new long[16];
    private long[] values = new long[16];
    private int size;

    NumberMap() {
        Arrays.fill(values, ABSENT);
    }

    int size() {
        return size;
    }

    /// The value of a key, or [#ABSENT].
    long get(long key) {
        return values[slot(key)];
    }

    void put(long key, long value) {
        int slot = slot(key);
        if (values[slot] == ABSENT) {
            size++;
            keys[slot] = key;
        }
        values[slot] = value;
        if (size > keys.length / 2) {
            grow();
        }
    }

    void putIfAbsent(long key, long value) {
        if (get(key) == ABSENT) {
            put(key, value);
        }
    }

    /// Forgets a key.
    ///
    /// @return the value it had, or [#ABSENT]
    long remove(long key) {
        int free = slot(key);
        long value = values[free];
        if (value == ABSENT) {
            return ABSENT;
        }
        size--;
        int mask = keys.length - 1;
        values[free] = ABSENT;
        for (int at = (free + 1) & mask; values[at] != ABSENT; at = (at + 1) & mask) {
            int own = home(keys[at]);
            if (((at - own) & mask) >= ((at - free) & mask)) {
                keys[free] = keys[at];
                values[free] = values[at];
                values[at] = ABSENT;
                free = at;
            }
        }
        return value;
    }

    /// Where the key stands, or would.
    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = home(key);
        while (values[slot] != ABSENT && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int home(long key) {
        return (int) ((key * MIX) >>> 32) & (keys.length - 1);
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new long[oldKeys.length * 2];
        Arrays.fill(values, ABSENT);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != ABSENT) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
