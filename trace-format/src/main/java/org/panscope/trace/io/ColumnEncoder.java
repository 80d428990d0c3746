package org.panscope.trace.io;

import java.util.Arrays;

/// Writes a column of numbers in the cheapest of the encodings of `FORMAT.md` (before compression;
/// among equals the one that is fastest to read). [LongColumn] is the other direction.
final class ColumnEncoder {
    static final int CONSTANT = 0;
    static final int FIXED = 1;
    static final int BITS = 2;
    static final int DICTIONARY = 3;
    static final int VARINT = 4;
    static final int DELTA = 5;

    /// So many bytes are not compared with shorter forms that would save a byte or two.
    private static final int MANY = 64;

    private static final int DICTIONARY_LIMIT = 256;
    private static final int SLOTS = 1024;

    /// Numbers of a smaller range are looked up by their distance from the smallest.
    private static final int DIRECT = 8192;

    /// Of each distance from the smallest number: its place in the dictionary plus one, or 0.
    private final short[] direct = new short[DIRECT];

    private final long[] slotValue = new long[SLOTS];
    private final short[] slotCode = new short[SLOTS];
    private final long[] dictionary = new long[DICTIONARY_LIMIT];
    private byte[] codes = new byte[0];
    private long[] room = new long[0];

    /// Appends all numbers of a column to `out`. An empty column takes no bytes.
    void encode(PendingColumn column, ByteOutput out) {
        if (room.length < column.size()) {
            room = new long[column.size()];
        }
        encode(column.values(room), column.size(), out);
    }

    /// Appends `count` values to `out`. An empty column takes no bytes.
    void encode(long[] values, int count, ByteOutput out) {
        if (count == 0) {
            return;
        }
        long min = values[0];
        long max = values[0];
        for (int i = 1; i < count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        int width = widthOf(max - min);
        if (width == 0) {
            out.u8(CONSTANT);
            out.zigzag(min);
        } else if (max - min == 1) {
            writeBits(values, count, min, out);
        } else if (width == 1 && count >= MANY) {
            writeFixed(values, count, min, width, out);
        } else {
            writeWide(values, count, min, max - min, out);
        }
    }

    private void writeWide(long[] values, int count, long min, long range, ByteOutput out) {
        int width = widthOf(range);
        long plainSize = 0;
        long deltaSize = 0;
        long previous = 0;
        for (int i = 0; i < count; i++) {
            long value = values[i];
            plainSize += ByteOutput.zigzagSize(value);
            deltaSize += ByteOutput.zigzagSize(value - previous);
            previous = value;
        }
        long fixedSize = (long) count * width + 1;
        long best = Math.min(fixedSize, Math.min(plainSize, deltaSize));
        int distinct = width == 1 ? 0 : buildDictionary(values, count, min, range);
        if (distinct > 0 && count + distinct * 8L < best) {
            writeDictionary(distinct, count, out);
        } else if (best == fixedSize) {
            writeFixed(values, count, width == 8 ? 0 : min, width, out);
        } else if (best == deltaSize) {
            writeDeltas(values, count, out);
        } else {
            out.u8(VARINT);
            out.zigzags(values, count);
        }
    }

    /// Bytes (0, 1, 2, 4 or 8) that hold every unsigned number up to `range`.
    static int widthOf(long range) {
        if (range == 0) {
            return 0;
        }
        int bits = 64 - Long.numberOfLeadingZeros(range);
        return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
    }

    private static void writeFixed(long[] values, int count, long base, int width, ByteOutput out) {
        out.u8(FIXED);
        out.zigzag(base);
        out.u8(width);
        out.fixed(values, count, base, width);
    }

    private static void writeBits(long[] values, int count, long base, ByteOutput out) {
        out.u8(BITS);
        out.zigzag(base);
        for (int from = 0; from < count; from += 8) {
            int bits = 0;
            for (int i = from; i < Math.min(from + 8, count); i++) {
                bits |= (int) (values[i] - base) << (i - from);
            }
            out.u8(bits);
        }
    }

    private static void writeDeltas(long[] values, int count, ByteOutput out) {
        out.u8(DELTA);
        out.zigzagDeltas(values, count);
    }

    private void writeDictionary(int distinct, int count, ByteOutput out) {
        out.u8(DICTIONARY);
        out.varint(distinct);
        for (int i = 0; i < distinct; i++) {
            out.zigzag(dictionary[i]);
        }
        out.raw(codes, 0, count);
    }

    /// Fills [#dictionary] in order of first use and [#codes].
    ///
    /// @param range unsigned distance of the largest value from the smallest
    /// @return the number of distinct values, or 0 if there are too many
    private int buildDictionary(long[] values, int count, long min, long range) {
        if (codes.length < count) {
            codes = new byte[count];
        }
        boolean isSmall = Long.compareUnsigned(range, DIRECT) < 0;
        return isSmall
                ? buildDirectly(values, count, min, (int) range)
                : buildHashed(values, count);
    }

    private int buildDirectly(long[] values, int count, long min, int range) {
        Arrays.fill(direct, 0, range + 1, (short) 0);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            int place = (int) (values[i] - min);
            if (direct[place] == 0) {
                if (distinct == DICTIONARY_LIMIT) {
                    return 0;
                }
                dictionary[distinct++] = values[i];
                direct[place] = (short) distinct;
            }
            codes[i] = (byte) (direct[place] - 1);
        }
        return distinct;
    }

    private int buildHashed(long[] values, int count) {
        Arrays.fill(slotCode, (short) 0);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            long value = values[i];
            int slot = (int) ((value * 0x9E37_79B9_7F4A_7C15L) >>> 54);
            while (slotCode[slot] != 0 && slotValue[slot] != value) {
                slot = (slot + 1) & (SLOTS - 1);
            }
            if (slotCode[slot] == 0) {
                if (distinct == DICTIONARY_LIMIT) {
                    return 0;
                }
                dictionary[distinct++] = value;
                slotValue[slot] = value;
                slotCode[slot] = (short) distinct;
            }
            codes[i] = (byte) (slotCode[slot] - 1);
        }
        return distinct;
    }
}
