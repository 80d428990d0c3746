package org.panscope.trace.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A column of numbers as it lies in a decompressed chunk. Encodings with direct access stay where
/// they are; the others are unpacked to the narrowest width that holds them.
final class LongColumn {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NOTHING = {};

    private enum Form {
        CONSTANT,
        BITS,
        BYTE,
        SHORT,
        INT,
        LONG,
        DICTIONARY
    }

    private final Form form;
    private final byte[] data;
    private final int offset;
    private final long base;
    private final long[] dictionary;

    private LongColumn(Form form, byte[] data, int offset, long base, long[] dictionary) {
        this.form = form;
        this.data = data;
        this.offset = offset;
        this.base = base;
        this.dictionary = dictionary;
    }

    static LongColumn constant(long value) {
        return new LongColumn(Form.CONSTANT, NOTHING, 0, value, new long[0]);
    }

    /// Reads a column of `count` values.
    static LongColumn decode(ByteInput in, int count) throws TraceFormatException {
        if (count == 0) {
            return constant(0);
        }
        int encoding = in.u8();
        return switch (encoding) {
            case ColumnEncoder.CONSTANT -> constant(in.zigzag());
            case ColumnEncoder.FIXED -> {
                long base = in.zigzag();
                int width = in.u8();
                int from = in.skip((long) count * width);
                yield new LongColumn(formOf(width), in.array(), from, base, new long[0]);
            }
            case ColumnEncoder.BITS -> {
                long base = in.zigzag();
                int from = in.skip((count + 7L) / 8);
                yield new LongColumn(Form.BITS, in.array(), from, base, new long[0]);
            }
            case ColumnEncoder.DICTIONARY -> {
                long[] dictionary = new long[256];
                int distinct = in.count(dictionary.length);
                for (int i = 0; i < distinct; i++) {
                    dictionary[i] = in.zigzag();
                }
                int from = in.skip(count);
                yield new LongColumn(Form.DICTIONARY, in.array(), from, 0, dictionary);
            }
            case ColumnEncoder.VARINT, ColumnEncoder.DELTA ->
                    decodeVarints(in, count, encoding == ColumnEncoder.DELTA);
            default ->
                    throw new TraceFormatException("column encoding " + encoding + " is unknown");
        };
    }

    long get(int index) {
        return switch (form) {
            case CONSTANT -> base;
            case BITS -> base + (data[offset + (index >> 3)] >> (index & 7) & 1);
            case BYTE -> base + (data[offset + index] & 0xff);
            case SHORT -> base + ((short) SHORT.get(data, offset + index * 2) & 0xffff);
            case INT -> base + ((int) INT.get(data, offset + index * 4) & 0xffff_ffffL);
            case LONG -> base + (long) LONG.get(data, offset + index * 8);
            case DICTIONARY -> dictionary[data[offset + index] & 0xff];
        };
    }

    boolean isConstant() {
        return form == Form.CONSTANT;
    }

    /// Packs the first `count` values.
    static LongColumn pack(long[] values, int count) {
        long min = count == 0 ? 0 : values[0];
        long max = min;
        for (int i = 1; i < count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        int width = ColumnEncoder.widthOf(max - min);
        if (width == 0) {
            return constant(min);
        }
        byte[] packed = new byte[count * width];
        for (int i = 0; i < count; i++) {
            long value = values[i] - min;
            switch (width) {
                case 1 -> packed[i] = (byte) value;
                case 2 -> SHORT.set(packed, i * 2, (short) value);
                case 4 -> INT.set(packed, i * 4, (int) value);
                default -> LONG.set(packed, i * 8, value);
            }
        }
        return new LongColumn(unpackedForm(width), packed, 0, min, new long[0]);
    }

    private static LongColumn decodeVarints(ByteInput in, int count, boolean deltas)
            throws TraceFormatException {
        if (count > in.remaining()) {
            throw new TraceFormatException(
                    "a column of " + count + " numbers has only " + in.remaining() + " bytes");
        }
        long[] values = new long[count];
        long previous = 0;
        for (int i = 0; i < count; i++) {
            long value = in.zigzag() + previous;
            values[i] = value;
            previous = deltas ? value : 0;
        }
        return pack(values, count);
    }

    private static Form formOf(int width) throws TraceFormatException {
        if (width != 1 && width != 2 && width != 4 && width != 8) {
            throw new TraceFormatException("a column width of " + width + " bytes is not allowed");
        }
        return unpackedForm(width);
    }

    private static Form unpackedForm(int width) {
        return switch (width) {
            case 1 -> Form.BYTE;
            case 2 -> Form.SHORT;
            case 4 -> Form.INT;
            default -> Form.LONG;
        };
    }
}
