package org.panscope.trace.perfetto;

import com.github.luben.zstd.ZstdInputStream;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.InflaterInputStream;

/// Packets that are packed together inside one packet. A block is unpacked when it is read and
/// stays in memory while there is room.
final class PackedBlocks {
    /// Perfetto packs half a megabyte at a time.
    static final int MOST_BYTES_IN_BLOCK = 1 << 26;

    private static final int MOST_PACKED_BYTES = 1 << 26;
    private static final long MOST_CACHED_BYTES = 192L << 20;

    /// Packed data much smaller than what they unpack to are an attack, not a trace.
    private static final long MOST_GROWTH = 256;

    private static final long ALWAYS_ALLOWED = 256L << 20;

    private final MemorySegment file;
    private final LinkedHashMap<Integer, MemorySegment> cache =
            new LinkedHashMap<>(64, 0.75f, true);
    private long cachedBytes;
    private long[] from = new long[16];
    private int[] packedLength = new int[16];
    private boolean[] zstd = new boolean[16];
    private final SortedMap<Integer, String> problems = new TreeMap<>();
    private int count;
    private long unpackedBytes;

    PackedBlocks(MemorySegment file) {
        this.file = file;
    }

    /// Number of the block at a place in the file; blocks are met in file order.
    int add(long packedFrom, long packedTo, boolean isZstd) throws ProtoException {
        int known = Arrays.binarySearch(from, 0, count, packedFrom);
        if (known >= 0) {
            return known;
        }
        if (packedTo - packedFrom > MOST_PACKED_BYTES) {
            throw new ProtoException(packedTo - packedFrom + " packed bytes in one packet");
        }
        if (count == from.length) {
            from = Arrays.copyOf(from, count * 2);
            packedLength = Arrays.copyOf(packedLength, count * 2);
            zstd = Arrays.copyOf(zstd, count * 2);
        }
        from[count] = packedFrom;
        packedLength[count] = (int) (packedTo - packedFrom);
        zstd[count] = isZstd;
        return count++;
    }

    /// What a block holds.
    MemorySegment get(int block) throws ProtoException {
        MemorySegment known = cache.get(block);
        if (known != null) {
            return known;
        }
        byte[] packed = new byte[packedLength[block]];
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, from[block], packed, 0, packed.length);
        byte[] plain = unpack(packed, block);
        MemorySegment segment = MemorySegment.ofArray(plain);
        cache.put(block, segment);
        cachedBytes += plain.length;
        evict();
        return segment;
    }

    /// Why a block holds less than it should, or null.
    @Nullable String problemOf(int block) {
        return problems.get(block);
    }

    /// Counts what a block unpacks to, once for each.
    ///
    /// @param source name of the file
    /// @throws PerfettoFormatException when the file unpacks to more than anything real does
    void account(MemorySegment plain, String source) throws PerfettoFormatException {
        unpackedBytes += plain.byteSize();
        long allowed = Math.max(ALWAYS_ALLOWED, file.byteSize() * MOST_GROWTH);
        if (unpackedBytes > allowed) {
            throw new PerfettoFormatException(
                    source + ": unpacks to more than " + allowed + " bytes, which no trace does");
        }
    }

    private void evict() {
        var oldest = cache.entrySet().iterator();
        while (cachedBytes > MOST_CACHED_BYTES && cache.size() > 1) {
            cachedBytes -= oldest.next().getValue().byteSize();
            oldest.remove();
        }
    }

    private byte[] unpack(byte[] packed, int block) throws ProtoException {
        byte[] plain = new byte[Math.min(MOST_BYTES_IN_BLOCK, Math.max(1024, packed.length * 4))];
        int length = 0;
        try (InputStream in =
                zstd[block]
                        ? new ZstdInputStream(new ByteArrayInputStream(packed))
                        : new InflaterInputStream(new ByteArrayInputStream(packed))) {
            while (true) {
                int read = in.read(plain, length, plain.length - length);
                if (read < 0) {
                    break;
                }
                length += read;
                if (length == plain.length) {
                    if (length >= MOST_BYTES_IN_BLOCK) {
                        throw new ProtoException(
                                "a packet unpacks to more than " + MOST_BYTES_IN_BLOCK + " bytes");
                    }
                    plain = Arrays.copyOf(plain, Math.min(MOST_BYTES_IN_BLOCK, length * 2));
                }
            }
        } catch (ProtoException e) {
            throw e;
        } catch (IOException e) {
            problems.put(block, "damaged packed data: " + e.getMessage());
        }
        return Arrays.copyOf(plain, length);
    }
}
