package org.panscope.trace.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads the container's primitive encodings from a byte array and never past its end.
final class ByteInput {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int position;

    ByteInput(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    ByteInput(byte[] bytes, int position, int end) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    byte[] array() {
        return bytes;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    int u8() throws TraceFormatException {
        require(1);
        return bytes[position++] & 0xff;
    }

    int u32() throws TraceFormatException {
        require(4);
        int value = (int) INT.get(bytes, position);
        position += 4;
        return value;
    }

    long u64() throws TraceFormatException {
        require(8);
        long value = (long) LONG.get(bytes, position);
        position += 8;
        return value;
    }

    /// The next eight bytes, which must be there, without moving.
    long peekU64() {
        return (long) LONG.get(bytes, position);
    }

    long varint() throws TraceFormatException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new TraceFormatException("a number at byte " + position + " is longer than 64 bits");
    }

    long zigzag() throws TraceFormatException {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    /// A [#varint] that counts things of which each takes part of the remaining bytes or of a known
    /// limit.
    int count(long limit) throws TraceFormatException {
        long value = varint();
        if (value < 0 || value > limit) {
            throw new TraceFormatException(
                    "a count of " + Long.toUnsignedString(value) + " exceeds " + limit);
        }
        return (int) value;
    }

    String text() throws TraceFormatException {
        int length = count(remaining());
        return new String(bytes, skip(length), length, StandardCharsets.UTF_8);
    }

    byte[] raw(int count) throws TraceFormatException {
        int from = skip(count);
        byte[] copy = new byte[count];
        System.arraycopy(bytes, from, copy, 0, count);
        return copy;
    }

    /// Moves over `count` bytes.
    ///
    /// @return where they begin
    int skip(long count) throws TraceFormatException {
        require(count);
        int from = position;
        position += (int) count;
        return from;
    }

    private void require(long count) throws TraceFormatException {
        if (count < 0 || count > end - position) {
            throw new TraceFormatException(
                    count + " bytes wanted at byte " + position + ", but " + remaining() + " left");
        }
    }
}
