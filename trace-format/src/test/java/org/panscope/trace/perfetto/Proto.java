package org.panscope.trace.perfetto;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A protobuf message being built, without a schema.
final class Proto {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static Proto message() {
        return new Proto();
    }

    Proto number(int field, long value) {
        tag(field, 0);
        varint(value);
        return this;
    }

    Proto text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Proto message(int field, Proto value) {
        return bytes(field, value.toBytes());
    }

    Proto bytes(int field, byte[] value) {
        tag(field, 2);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    Proto fixed64(int field, long value) {
        tag(field, 1);
        for (int i = 0; i < 64; i += 8) {
            out.write((int) (value >>> i));
        }
        return this;
    }

    Proto real(int field, double value) {
        return fixed64(field, Double.doubleToLongBits(value));
    }

    Proto packed(int field, long... values) {
        Proto numbers = new Proto();
        for (long value : values) {
            numbers.varint(value);
        }
        return bytes(field, numbers.toBytes());
    }

    private void tag(int field, int wire) {
        varint((long) field << 3 | wire);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
