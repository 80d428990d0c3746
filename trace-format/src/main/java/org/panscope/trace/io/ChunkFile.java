package org.panscope.trace.io;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// A container file mapped into memory: finds, checks and decompresses chunks.
final class ChunkFile implements AutoCloseable {
    private final Path path;
    private final Arena arena;
    private final MemorySegment bytes;

    private ChunkFile(Path path, Arena arena, MemorySegment bytes) {
        this.path = path;
        this.arena = arena;
        this.bytes = bytes;
    }

    @SuppressWarnings("MustBeClosedChecker") // the arena lives as long as the ChunkFile
    static ChunkFile open(Path path) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment bytes =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new ChunkFile(path, arena, bytes);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    long size() {
        return bytes.byteSize();
    }

    byte[] read(long offset, int count) {
        return bytes.asSlice(offset, count).toArray(ValueLayout.JAVA_BYTE);
    }

    /// The chunk whose head is at `offset`, or null if no intact head is there.
    @Nullable ChunkRef chunkAt(long offset) throws TraceFormatException {
        if (offset < 0 || offset > size() - ChunkHead.SIZE) {
            return null;
        }
        ChunkHead head = ChunkHead.read(read(offset, ChunkHead.SIZE));
        return head == null ? null : new ChunkRef(offset, head);
    }

    /// The first intact head at or after `offset`, or null.
    @Nullable ChunkRef nextChunk(long offset) throws TraceFormatException {
        for (long at = offset; at <= size() - ChunkHead.SIZE; at++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, at) == (byte) ChunkHead.SYNC) {
                ChunkRef chunk = chunkAt(at);
                if (chunk != null) {
                    return chunk;
                }
            }
        }
        return null;
    }

    /// Whether the payload is complete and has the checksum its head states.
    boolean isIntact(ChunkRef chunk) {
        if (chunk.end() > size()) {
            return false;
        }
        CRC32C crc = new CRC32C();
        long from = chunk.offset() + ChunkHead.SIZE;
        crc.update(bytes.asSlice(from, chunk.head().storedSize()).asByteBuffer());
        return (int) crc.getValue() == chunk.head().payloadCrc();
    }

    /// The payload, checked and decompressed.
    byte[] payload(ChunkRef chunk) throws TraceFormatException {
        if (!isIntact(chunk)) {
            throw damaged(chunk, "its checksum is wrong");
        }
        ChunkHead head = chunk.head();
        byte[] stored = read(chunk.offset() + ChunkHead.SIZE, head.storedSize());
        if (!head.isCompressed()) {
            return stored;
        }
        if (Zstd.getFrameContentSize(stored, 0, stored.length) != head.rawSize()) {
            throw damaged(chunk, "its compressed size disagrees with its head");
        }
        byte[] raw = new byte[head.rawSize()];
        try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
            int size = zstd.decompressByteArray(raw, 0, raw.length, stored, 0, stored.length);
            if (size != raw.length) {
                throw damaged(chunk, "it decompresses to " + size + " bytes");
            }
            return raw;
        } catch (ZstdException e) {
            throw damaged(chunk, "decompression fails: " + e.getMessage());
        }
    }

    TraceFormatException damaged(ChunkRef chunk, String cause) {
        return new TraceFormatException(
                path
                        + ": "
                        + ContainerFormat.letters(chunk.head().kind())
                        + " chunk at byte "
                        + chunk.offset()
                        + " cannot be read: "
                        + cause);
    }

    TraceFormatException bad(String problem) {
        return new TraceFormatException(path + ": " + problem);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        arena.close();
    }
}
