package org.panscope.trace.perfetto;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The fields of one protobuf message, one after the other, without copying anything.
///
/// Not protobuf's own `CodedInputStream`: that one reads through a `ByteBuffer`, which ends at 2
/// GiB, and makes an object for each nested message, of which a capture has several per event. One
/// cursor is reused for all messages of a kind.
///
/// protobuf: Encoding, "Message Structure"
final class ProtoCursor {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_VARINT_SHIFT = 63;

    private MemorySegment bytes = MemorySegment.NULL;
    private long start;
    private long at;
    private long end;
    private int field;
    private int wire;
    private long value;
    private long from;

    /// Begins with a message.
    ProtoCursor on(MemorySegment message, long first, long afterLast) {
        bytes = message;
        start = first;
        at = first;
        end = afterLast;
        field = 0;
        return this;
    }

    /// Begins with the message that the field another cursor stands on holds.
    ProtoCursor on(ProtoCursor parent) throws ProtoException {
        parent.expect(BYTES);
        return on(parent.bytes, parent.from, parent.at);
    }

    /// Continues in the middle of a message.
    void seek(long position) {
        at = position;
    }

    /// Moves to the next field.
    ///
    /// @return false at the message's end
    boolean next() throws ProtoException {
        if (at >= end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wire = (int) tag & 7;
        if (tag >>> 35 != 0 || field <= 0) {
            throw error("field number " + (tag >>> 3));
        }
        switch (wire) {
            case VARINT -> value = varint();
            case BYTES -> {
                long length = varint();
                if (length < 0 || length > end - at) {
                    throw error(
                            Long.toUnsignedString(length)
                                    + " bytes in field "
                                    + field
                                    + ", where "
                                    + (end - at)
                                    + " are left");
                }
                from = at;
                at += length;
            }
            case FIXED64 -> {
                need(Long.BYTES);
                value = bytes.get(LONG, at);
                at += Long.BYTES;
            }
            case FIXED32 -> {
                need(Integer.BYTES);
                value = bytes.get(INT, at) & 0xffff_ffffL;
                at += Integer.BYTES;
            }
            default -> throw error("wire type " + wire + " of field " + field);
        }
        return true;
    }

    int field() {
        return field;
    }

    int wire() {
        return wire;
    }

    boolean isNumber() {
        return wire != BYTES;
    }

    /// The 64 bits of a number of any kind.
    long number() throws ProtoException {
        if (wire == BYTES) {
            throw error("bytes in field " + field + ", which is a number");
        }
        return value;
    }

    /// A number of the type `int32`, whose upper half may be cut off.
    int int32() throws ProtoException {
        return (int) number();
    }

    boolean flag() throws ProtoException {
        return number() != 0;
    }

    double real() throws ProtoException {
        return wire == FIXED32
                ? Float.intBitsToFloat((int) value)
                : Double.longBitsToDouble(number());
    }

    MemorySegment bytes() {
        return bytes;
    }

    /// First byte of the bytes of the field.
    long from() throws ProtoException {
        expect(BYTES);
        return from;
    }

    /// Behind the field, which is behind its bytes too.
    long to() {
        return at;
    }

    int length() throws ProtoException {
        expect(BYTES);
        return (int) Math.min(Integer.MAX_VALUE, at - from);
    }

    String text() throws ProtoException {
        byte[] utf8 = new byte[length()];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, utf8, 0, utf8.length);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /// The next number where a field holds numbers alone, from [#seek] on.
    long packed() throws ProtoException {
        return varint();
    }

    /// As [#packed], of eight bytes each.
    long packedFixed() throws ProtoException {
        need(Long.BYTES);
        long number = bytes.get(LONG, at);
        at += Long.BYTES;
        return number;
    }

    boolean atEnd() {
        return at >= end;
    }

    /// Behind the last byte of the message.
    long end() {
        return end;
    }

    long position() {
        return at;
    }

    /// An error at this place, told relative to the message.
    ProtoException error(String what) {
        return new ProtoException(what + ", at byte " + (at - start) + " of a message");
    }

    private void expect(int wanted) throws ProtoException {
        if (wire != wanted) {
            throw error("a number in field " + field + ", which is none");
        }
    }

    private void need(int count) throws ProtoException {
        if (end - at < count) {
            throw error("the message ends inside field " + field);
        }
    }

    private long varint() throws ProtoException {
        long result = 0;
        for (int shift = 0; shift <= LONGEST_VARINT_SHIFT; shift += 7) {
            if (at >= end) {
                throw error("the message ends inside a number");
            }
            byte b = bytes.get(ValueLayout.JAVA_BYTE, at++);
            result |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return result;
            }
        }
        throw error("a number of more than ten bytes");
    }
}
