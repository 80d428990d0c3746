package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;

import java.util.zip.CRC32C;

/// The fixed-size head in front of every chunk's payload.
///
/// | offset | size | meaning |
/// |---|---|---|
/// | 0 | 4 | [#SYNC] |
/// | 4 | 4 | kind, four letters |
/// | 8 | 4 | flags |
/// | 12 | 4 | bytes of the payload in the file |
/// | 16 | 4 | bytes of the payload after decompression |
/// | 20 | 4 | how many things the payload holds |
/// | 24 | 8 | events in all chunks before this one |
/// | 32 | 8 | least event time in ns; 0 unless the chunk holds events |
/// | 40 | 8 | greatest event time in ns, likewise |
/// | 48 | 4 | CRC-32C of the payload in the file |
/// | 52 | 4 | CRC-32C of bytes 0 to 51 |
record ChunkHead(
        int kind,
        int flags,
        int storedSize,
        int rawSize,
        int count,
        long firstSeq,
        long minTime,
        long maxTime,
        int payloadCrc) {

    static final int SIZE = 56;

    /// Where a reader that lost its place looks for the next head: `PSc` and a byte above 0x7f.
    static final int SYNC = 0xA763_5350;

    /// Flag: the payload is one zstd frame.
    static final int ZSTD = 1;

    void write(ByteOutput out) {
        int from = out.length();
        out.u32(SYNC);
        out.u32(kind);
        out.u32(flags);
        out.u32(storedSize);
        out.u32(rawSize);
        out.u32(count);
        out.u64(firstSeq);
        out.u64(minTime);
        out.u64(maxTime);
        out.u32(payloadCrc);
        CRC32C crc = new CRC32C();
        crc.update(out.array(), from, out.length() - from);
        out.u32((int) crc.getValue());
    }

    /// The head in these [#SIZE] bytes, or null if they are not one: wrong marker, wrong checksum
    /// or impossible sizes.
    static @Nullable ChunkHead read(byte[] bytes) throws TraceFormatException {
        ByteInput in = new ByteInput(bytes);
        if (in.u32() != SYNC) {
            return null;
        }
        ChunkHead head =
                new ChunkHead(
                        in.u32(), in.u32(), in.u32(), in.u32(), in.u32(), in.u64(), in.u64(),
                        in.u64(), in.u32());
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, SIZE - 4);
        return in.u32() == (int) crc.getValue() && head.isPossible() ? head : null;
    }

    boolean isCompressed() {
        return (flags & ZSTD) != 0;
    }

    boolean isPossible() {
        boolean sizes =
                storedSize >= 0
                        && storedSize <= ContainerFormat.MAX_PAYLOAD
                        && rawSize >= 0
                        && rawSize <= ContainerFormat.MAX_PAYLOAD
                        && (isCompressed() || storedSize == rawSize);
        boolean anyEvents =
                count > 0 && count <= ContainerFormat.MAX_CHUNK_EVENTS && minTime <= maxTime;
        boolean events = kind != ContainerFormat.EVENTS || anyEvents;
        return sizes && events && count >= 0 && firstSeq >= 0;
    }
}
