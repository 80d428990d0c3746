package org.panscope.trace.tracedat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

import java.lang.foreign.MemorySegment;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// How sections and chunks are packed.
enum DatCodec {
    NONE,
    ZLIB,
    ZSTD;

    /// More in one piece is a broken file: trace-cmd packs a few pages at a time, sections have
    /// some megabytes.
    private static final long MOST_BYTES = 64L << 20;

    /// The one a file names.
    static DatCodec named(String name, DatBytes bytes, long at) throws DatFormatException {
        return switch (name) {
            case "none" -> NONE;
            case "zlib" -> ZLIB;
            case "zstd" -> ZSTD;
            default -> throw bytes.error(at, "unknown compression \"" + name + "\"");
        };
    }

    /// Unpacks `packedBytes` at a place.
    DatBytes unpack(DatBytes from, long at, long packedBytes, long bytes, String source)
            throws DatFormatException {
        if (bytes > MOST_BYTES) {
            throw from.error(at, bytes + " unpacked bytes in one piece");
        }
        byte[] packed = from.array(at, packedBytes);
        byte[] plain = new byte[(int) bytes];
        long length =
                switch (this) {
                    case NONE -> throw from.error(at, "packed, though the file is not");
                    case ZLIB -> inflate(packed, plain, from, at);
                    case ZSTD -> unzstd(packed, plain, from, at);
                };
        if (length != bytes) {
            throw from.error(at, "unpacks to " + length + " bytes instead of " + bytes);
        }
        return new DatBytes(MemorySegment.ofArray(plain), from.order(), source, from.inFile(at));
    }

    private static long inflate(byte[] packed, byte[] plain, DatBytes from, long at)
            throws DatFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            int length = 0;
            while (length < plain.length && !inflater.finished()) {
                int more = inflater.inflate(plain, length, plain.length - length);
                if (more == 0) {
                    break;
                }
                length += more;
            }
            return length;
        } catch (DataFormatException e) {
            throw from.error(at, "damaged zlib data: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    private static long unzstd(byte[] packed, byte[] plain, DatBytes from, long at)
            throws DatFormatException {
        try {
            return Zstd.decompress(plain, packed);
        } catch (ZstdException e) {
            throw from.error(at, "damaged zstd data: " + e.getMessage());
        }
    }
}
