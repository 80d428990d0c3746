package org.panscope.trace.ftrace;

import com.github.luben.zstd.ZstdInputStream;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// A capture's bytes, unpacked where they begin as gzip or zstd does, and counted as they are read.
/// Closing it frees the unpacker and leaves the capture itself open.
final class CaptureInput implements AutoCloseable {
    private static final int MAGIC_BYTES = 4;

    private final Counter counter;
    private final InputStream text;

    private CaptureInput(Counter counter, InputStream text) {
        this.counter = counter;
        this.text = text;
    }

    static CaptureInput open(InputStream in) throws IOException {
        Counter counter = new Counter(in);
        BufferedInputStream buffered = new BufferedInputStream(counter, 64 * 1024);
        buffered.mark(MAGIC_BYTES);
        byte[] magic = buffered.readNBytes(MAGIC_BYTES);
        buffered.reset();
        if (isGzip(magic)) {
            return new CaptureInput(counter, new GZIPInputStream(buffered, 64 * 1024));
        }
        return new CaptureInput(counter, isZstd(magic) ? new ZstdInputStream(buffered) : buffered);
    }

    static boolean isGzip(byte[] start) {
        return start.length >= 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
    }

    static boolean isZstd(byte[] start) {
        return start.length >= MAGIC_BYTES
                && (start[0] & 0xff) == 0x28
                && (start[1] & 0xff) == 0xb5
                && start[2] == 0x2f
                && (start[3] & 0xff) == 0xfd;
    }

    /// The unpacked bytes.
    InputStream text() {
        return text;
    }

    /// Bytes of the packed input read so far.
    long consumedBytes() {
        return counter.count;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }

    private static final class Counter extends FilterInputStream {
        private long count;

        Counter(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            count += Math.max(0, read);
            return read;
        }

        /// The stream belongs to the caller.
        @Override
        public void close() {}
    }
}
