package org.panscope.trace.tracedat;

/// Reads [DatBytes] from front to back.
final class DatCursor {
    private static final int LONGEST_NAME = 4096;

    private final DatBytes bytes;
    private long at;

    DatCursor(DatBytes bytes, long at) {
        this.bytes = bytes;
        this.at = at;
    }

    long at() {
        return at;
    }

    void skip(long count) throws DatFormatException {
        bytes.slice(at, count);
        at += count;
    }

    int u8() throws DatFormatException {
        return bytes.u8(at++);
    }

    int u16() throws DatFormatException {
        at += 2;
        return bytes.u16(at - 2);
    }

    long u32() throws DatFormatException {
        at += 4;
        return bytes.u32(at - 4);
    }

    long s64() throws DatFormatException {
        at += 8;
        return bytes.s64(at - 8);
    }

    /// A size that has to fit into what is left.
    long size64() throws DatFormatException {
        long size = s64();
        if (size < 0 || size > bytes.size() - at) {
            throw bytes.error(at - 8, "the file is truncated: a part of " + size + " bytes");
        }
        return size;
    }

    String text(long length) throws DatFormatException {
        at += length;
        return bytes.text(at - length, length);
    }

    /// Text that ends with a NUL, which is skipped.
    String name() throws DatFormatException {
        long length = bytes.lengthToNul(at, LONGEST_NAME);
        String name = bytes.text(at, length);
        at += length + 1;
        return name;
    }

    DatBytes bytes(long length) throws DatFormatException {
        at += length;
        return bytes.slice(at - length, length);
    }

    DatFormatException error(String what) {
        return bytes.error(at, what);
    }
}
