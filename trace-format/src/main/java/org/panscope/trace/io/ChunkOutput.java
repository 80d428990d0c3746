package org.panscope.trace.io;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// Appends chunks to a file: compresses, checksums, and remembers where each one is.
final class ChunkOutput implements AutoCloseable {
    private static final int LEVEL = 1;

    private final Path path;
    private final FileChannel file;
    private final ZstdCompressCtx zstd;
    private final List<ChunkRef> chunks = new ArrayList<>();
    private byte[] compressed = new byte[0];
    private long position;

    ChunkOutput(Path path) throws IOException {
        this.path = path;
        file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
        zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(false).setContentSize(true);
    }

    List<ChunkRef> chunks() {
        return chunks;
    }

    long position() {
        return position;
    }

    void append(int kind, long firstSeq, int count, long minTime, long maxTime, ByteOutput payload)
            throws IOException {
        int raw = payload.length();
        if (raw > ContainerFormat.MAX_PAYLOAD) {
            throw new IOException(
                    path
                            + ": a "
                            + ContainerFormat.letters(kind)
                            + " chunk of "
                            + raw
                            + " bytes exceeds the format's limit of "
                            + ContainerFormat.MAX_PAYLOAD);
        }
        int bound = (int) Zstd.compressBound(raw);
        if (compressed.length < bound) {
            compressed = new byte[bound];
        }
        int packed = zstd.compressByteArray(compressed, 0, bound, payload.array(), 0, raw);
        boolean smaller = packed < raw;
        byte[] stored = smaller ? compressed : payload.array();
        int size = smaller ? packed : raw;
        CRC32C crc = new CRC32C();
        crc.update(stored, 0, size);
        ChunkHead head =
                new ChunkHead(
                        kind,
                        smaller ? ChunkHead.ZSTD : 0,
                        size,
                        raw,
                        count,
                        firstSeq,
                        minTime,
                        maxTime,
                        (int) crc.getValue());
        ByteOutput bytes = new ByteOutput();
        head.write(bytes);
        chunks.add(new ChunkRef(position, head));
        write(bytes.array(), bytes.length());
        write(stored, size);
    }

    /// Appends bytes that are no chunk.
    void write(byte[] bytes, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        while (buffer.hasRemaining()) {
            position += file.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        zstd.close();
        file.close();
    }
}
