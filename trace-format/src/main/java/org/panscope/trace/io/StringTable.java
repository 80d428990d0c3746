package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Strings of the chunk being filled, each once. Number 0 stands for "absent"; strings count from 1
/// in order of first use. A table that is at most half full, in which a string's number stands at
/// its own slot or in the next free one.
final class StringTable {
    private static final int FEWEST_SLOTS = 1024;

    private @Nullable String[] strings = new @Nullable String[FEWEST_SLOTS / 2];
    private int[] numbers = new int[FEWEST_SLOTS];
    private int size;
    private long bytes;

    int number(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        int mask = numbers.length - 1;
        int slot = home(text) & mask;
        int number = numbers[slot];
        while (number != 0 && !text.equals(strings[number - 1])) {
            slot = (slot + 1) & mask;
            number = numbers[slot];
        }
        return number != 0 ? number : add(text, slot);
    }

    private int add(String text, int slot) {
        if (size == strings.length) {
            grow();
            return number(text);
        }
        strings[size++] = text;
        numbers[slot] = size;
        bytes += text.length();
        return size;
    }

    private void grow() {
        strings = Arrays.copyOf(strings, strings.length * 2);
        numbers = new int[strings.length * 2];
        int mask = numbers.length - 1;
        for (int i = 0; i < size; i++) {
            int slot = home(strings[i]) & mask;
            while (numbers[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            numbers[slot] = i + 1;
        }
    }

    /// Hashes of similar strings are close to each other.
    private static int home(@Nullable String text) {
        int hash = text == null ? 0 : text.hashCode() * 0x9e37_79b9;
        return hash ^ (hash >>> 15);
    }

    /// Counts raw bytes that wait beside the strings.
    void addRaw(int count) {
        bytes += count;
    }

    /// About how many bytes of strings and raw data the chunk holds.
    long pendingBytes() {
        return bytes;
    }

    /// Count, lengths in bytes as a column, then all UTF-8 bytes; empties the table.
    void drainTo(ByteOutput out, ColumnEncoder columns) {
        ByteOutput text = new ByteOutput();
        LongList lengths = new LongList();
        for (int i = 0; i < size; i++) {
            byte[] utf8 = utf8(strings[i]);
            lengths.add(utf8.length);
            text.raw(utf8, 0, utf8.length);
        }
        out.varint(lengths.size());
        columns.encode(lengths.array(), lengths.size(), out);
        out.append(text);
        Arrays.fill(strings, 0, size, null);
        Arrays.fill(numbers, 0);
        size = 0;
        bytes = 0;
    }

    private static byte[] utf8(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
}
