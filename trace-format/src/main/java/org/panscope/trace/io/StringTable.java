package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Strings of the chunk being filled, each once. Number 0 stands for "absent"; strings count from 1
/// in order of first use.
final class StringTable {
    private static final int SLOTS = 1024;

    private final @Nullable String[] recent = new @Nullable String[SLOTS];
    private final int[] recentNumber = new int[SLOTS];
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> strings = new ArrayList<>();
    private long bytes;

    int number(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        int slot = text.hashCode() & SLOTS - 1;
        if (isSame(recent[slot], text)) {
            return recentNumber[slot];
        }
        int number = find(text);
        recent[slot] = text;
        recentNumber[slot] = number;
        return number;
    }

    /// Most strings of an importer are the same objects again and again.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(@Nullable String one, String other) {
        return one == other;
    }

    private int find(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        strings.add(text);
        numbers.put(text, strings.size());
        bytes += text.length();
        return strings.size();
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
        for (String string : strings) {
            byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
            lengths.add(utf8.length);
            text.raw(utf8, 0, utf8.length);
        }
        out.varint(lengths.size());
        columns.encode(lengths.array(), lengths.size(), out);
        out.append(text);
        Arrays.fill(recent, null);
        numbers.clear();
        strings.clear();
        bytes = 0;
    }
}
