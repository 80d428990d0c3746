package org.panscope.trace.tracedat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Bytes of a file, or of a section of it after unpacking, in the byte order of the machine that
/// wrote them. Every access is checked; what lies beyond the end is an error that says where.
final class DatBytes {
    /// The largest part there is, the list of all symbols, has some ten megabytes.
    private static final long MOST_IN_ONE_PIECE = 64L << 20;

    private final MemorySegment bytes;
    private final String source;
    private final long fileOffset;
    private final ValueLayout.OfShort shorts;
    private final ValueLayout.OfInt ints;
    private final ValueLayout.OfLong longs;

    /// @param source name of the file, for messages
    /// @param fileOffset where in the file this begins, for messages
    DatBytes(MemorySegment bytes, ByteOrder order, String source, long fileOffset) {
        this.bytes = bytes;
        this.source = source;
        this.fileOffset = fileOffset;
        shorts = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
        ints = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
        longs = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
    }

    /// The same bytes in another order.
    DatBytes in(ByteOrder order) {
        return new DatBytes(bytes, order, source, fileOffset);
    }

    ByteOrder order() {
        return ints.order();
    }

    long size() {
        return bytes.byteSize();
    }

    int u8(long at) throws DatFormatException {
        check(at, 1);
        return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    int u16(long at) throws DatFormatException {
        check(at, 2);
        return bytes.get(shorts, at) & 0xffff;
    }

    int s32(long at) throws DatFormatException {
        check(at, 4);
        return bytes.get(ints, at);
    }

    long u32(long at) throws DatFormatException {
        return s32(at) & 0xffff_ffffL;
    }

    long s64(long at) throws DatFormatException {
        check(at, 8);
        return bytes.get(longs, at);
    }

    /// An integer of 1, 2, 4 or 8 bytes, extended by its sign or with zeros.
    long integer(long at, int width, boolean signed) throws DatFormatException {
        return switch (width) {
            case 1 -> signed ? (byte) u8(at) : u8(at);
            case 2 -> signed ? (short) u16(at) : u16(at);
            case 4 -> signed ? s32(at) : u32(at);
            default -> s64(at);
        };
    }

    /// A copy of some bytes.
    byte[] array(long at, long length) throws DatFormatException {
        check(at, length);
        if (length > MOST_IN_ONE_PIECE) {
            throw error(at, length + " bytes in one piece");
        }
        return bytes.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /// Copies some bytes to the start of an array.
    void copy(long at, byte[] to, int length) throws DatFormatException {
        check(at, length);
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, to, 0, length);
    }

    String text(long at, long length) throws DatFormatException {
        return new String(array(at, length), StandardCharsets.UTF_8);
    }

    /// Bytes before the next NUL.
    long lengthToNul(long at, long most) throws DatFormatException {
        check(at, 0);
        long limit = Math.min(bytes.byteSize(), at + most);
        for (long end = at; end < limit; end++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, end) == 0) {
                return end - at;
            }
        }
        throw error(at, "a text of at most " + most + " bytes does not end");
    }

    DatBytes slice(long at, long length) throws DatFormatException {
        check(at, length);
        return new DatBytes(bytes.asSlice(at, length), ints.order(), source, fileOffset + at);
    }

    /// What is there of a range, when the file ends within it.
    DatBytes sliceAsFarAsThere(long at, long length) throws DatFormatException {
        check(at, 0);
        return slice(at, Math.min(length, bytes.byteSize() - at));
    }

    /// Where a place is in the file.
    long inFile(long at) {
        return fileOffset + at;
    }

    DatFormatException error(long at, String what) {
        return new DatFormatException(source, fileOffset + at, what);
    }

    private void check(long at, long length) throws DatFormatException {
        if (at < 0 || length < 0 || at > bytes.byteSize() || length > bytes.byteSize() - at) {
            throw error(
                    Math.clamp(at, 0, bytes.byteSize()),
                    "the file is truncated: " + length + " bytes are needed at this place");
        }
    }
}
