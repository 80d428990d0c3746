package org.panscope.trace.perfetto;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A protobuf message being written, messages inside it included. Reused for all messages: the
/// length of an inner one is known when it ends, and only then its bytes move to make room for it.
final class ProtoOutput {
    private static final int DEEPEST = 8;
    private static final int LONGEST_VARINT = 10;

    private byte[] bytes = new byte[1024];
    private int length;
    private final int[] starts = new int[DEEPEST];
    private int depth;

    void clear() {
        length = 0;
        depth = 0;
    }

    int length() {
        return length;
    }

    void number(int field, long value) {
        tag(field, ProtoCursor.VARINT);
        varint(value);
    }

    void flag(int field, boolean value) {
        number(field, value ? 1 : 0);
    }

    void fixed64(int field, long value) {
        tag(field, ProtoCursor.FIXED64);
        room(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    void text(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        tag(field, ProtoCursor.BYTES);
        varint(utf8.length);
        raw(utf8, utf8.length);
    }

    /// Appends a message that was written elsewhere.
    void message(int field, ProtoOutput message) {
        tag(field, ProtoCursor.BYTES);
        varint(message.length);
        raw(message.bytes, message.length);
    }

    /// Begins a message inside this one.
    void begin(int field) {
        tag(field, ProtoCursor.BYTES);
        starts[depth++] = length;
    }

    /// Ends the message begun last.
    void end() {
        int start = starts[--depth];
        int inner = length - start;
        int prefix = 1;
        for (int rest = inner >>> 7; rest != 0; rest >>>= 7) {
            prefix++;
        }
        room(prefix);
        System.arraycopy(bytes, start, bytes, start + prefix, inner);
        length = start;
        varint(inner);
        length += inner;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    private void raw(byte[] from, int count) {
        room(count);
        System.arraycopy(from, 0, bytes, length, count);
        length += count;
    }

    private void tag(int field, int wire) {
        varint((long) field << 3 | wire);
    }

    private void varint(long value) {
        room(LONGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
