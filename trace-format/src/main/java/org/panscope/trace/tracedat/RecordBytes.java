package org.panscope.trace.tracedat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// One page of a ring buffer, copied out of the file: records are decoded from an array, several
/// times as fast as from the mapped file. Who reads has checked that the bytes are there.
final class RecordBytes {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final boolean bigEndian;

    RecordBytes(int size, ByteOrder order) {
        bytes = new byte[size + TextCache.SLACK];
        bigEndian = order == ByteOrder.BIG_ENDIAN;
    }

    int size() {
        return bytes.length - TextCache.SLACK;
    }

    /// The bytes themselves, and some more.
    byte[] array() {
        return bytes;
    }

    boolean bigEndian() {
        return bigEndian;
    }

    int u8(int at) {
        return bytes[at] & 0xff;
    }

    int u16(int at) {
        short value = (short) SHORT.get(bytes, at);
        return (bigEndian ? Short.reverseBytes(value) : value) & 0xffff;
    }

    int s32(int at) {
        int value = (int) INT.get(bytes, at);
        return bigEndian ? Integer.reverseBytes(value) : value;
    }

    long u32(int at) {
        return s32(at) & 0xffff_ffffL;
    }

    long s64(int at) {
        long value = (long) LONG.get(bytes, at);
        return bigEndian ? Long.reverseBytes(value) : value;
    }

    /// An integer of 1, 2, 4 or 8 bytes, extended by its sign or with zeros.
    long integer(int at, int width, boolean signed) {
        return switch (width) {
            case 1 -> signed ? bytes[at] : u8(at);
            case 2 -> signed ? (short) u16(at) : u16(at);
            case 4 -> signed ? s32(at) : u32(at);
            default -> s64(at);
        };
    }
}
