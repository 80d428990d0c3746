package org.panscope.trace.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing byte array with the container's primitive encodings.
final class ByteOutput {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Bytes a varint takes, by the zero bits in front of it.
    private static final byte[] VARINT_SIZE = new byte[Long.SIZE + 1];

    static {
        for (int zeros = 0; zeros <= Long.SIZE; zeros++) {
            VARINT_SIZE[zeros] = (byte) Math.max(1, (Long.SIZE - zeros + 6) / 7);
        }
    }

    private static final int MOST_VARINT_BYTES = 10;

    private byte[] bytes = new byte[256];
    private int length;

    /// The bytes written so far; only the first [#length()] count.
    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    void u8(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void u16(int value) {
        reserve(2);
        SHORT.set(bytes, length, (short) value);
        length += 2;
    }

    void u32(int value) {
        reserve(4);
        INT.set(bytes, length, value);
        length += 4;
    }

    void u64(long value) {
        reserve(8);
        LONG.set(bytes, length, value);
        length += 8;
    }

    /// The lowest `width` bytes of numbers, of each less `base`; `width` is 1, 2, 4 or 8.
    void fixed(long[] values, int count, long base, int width) {
        reserve(Math.multiplyExact(count, width));
        byte[] to = bytes;
        int at = length;
        switch (width) {
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    to[at + i] = (byte) (values[i] - base);
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    SHORT.set(to, at + i * 2, (short) (values[i] - base));
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    INT.set(to, at + i * 4, (int) (values[i] - base));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    LONG.set(to, at + i * 8, values[i] - base);
                }
            }
        }
        length += count * width;
    }

    /// Numbers, each as [#zigzag].
    void zigzags(long[] values, int count) {
        for (int i = 0; i < count; i++) {
            zigzag(values[i]);
        }
    }

    /// Numbers, each as [#zigzag] of the difference from the one before.
    void zigzagDeltas(long[] values, int count) {
        reserve(Math.multiplyExact(count, MOST_VARINT_BYTES));
        byte[] to = bytes;
        int at = length;
        long previous = 0;
        for (int i = 0; i < count; i++) {
            long delta = values[i] - previous;
            previous = values[i];
            long rest = delta << 1 ^ delta >> 63;
            while ((rest & ~0x7fL) != 0) {
                to[at++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            to[at++] = (byte) rest;
        }
        length = at;
    }

    /// Unsigned number, seven bits a byte, lowest first; the top bit of a byte says more follow.
    void varint(long value) {
        reserve(MOST_VARINT_BYTES);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /// Signed number: sign in the lowest bit, then as [#varint].
    void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }

    /// Length in bytes, then UTF-8.
    void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        raw(utf8, 0, utf8.length);
    }

    void raw(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    void append(ByteOutput other) {
        raw(other.bytes, 0, other.length);
    }

    /// Bytes [#varint] needs for the zigzag form of `value`.
    static int zigzagSize(long value) {
        long rest = value << 1 ^ value >> 63;
        return VARINT_SIZE[Long.numberOfLeadingZeros(rest)];
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            int wanted = Math.addExact(length, more);
            bytes =
                    Arrays.copyOf(
                            bytes, (int) Math.min(Math.max(wanted, bytes.length * 2L), 1 << 30));
        }
    }
}
