package org.panscope.trace.chrome;

import org.panscope.trace.io.EventRuns;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file of trace events, open for reading from any offset.
final class ChromeFile implements AutoCloseable {
    private static final int DEEPEST = 200;
    private static final int LONGEST_NUMBER = 400;

    /// What tools write that is not quite JSON: a comma behind the last element, `NaN`, control
    /// characters in texts.
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxStringLength(EventRuns.MOST_BYTES)
                                    .maxNumberLength(LONGEST_NUMBER)
                                    .build())
                    .build();

    private final FileChannel channel;
    private final long size;
    private byte[] window = new byte[1 << 16];

    ChromeFile(Path path) throws IOException {
        channel = FileChannel.open(path, StandardOpenOption.READ);
        size = channel.size();
    }

    long size() {
        return size;
    }

    /// The bytes from an offset on, up to the end of the file.
    InputStream from(long offset) {
        return new BufferedInputStream(new Part(offset), 1 << 16);
    }

    /// Parses from an offset on.
    JsonParser parserFrom(InputStream in) {
        return JSON.createParser(ObjectReadContext.empty(), in);
    }

    /// Parses one object of known place.
    JsonParser parser(long offset, int length) throws IOException {
        if (window.length < length) {
            window = new byte[Integer.highestOneBit(length) << 1];
        }
        ByteBuffer into = ByteBuffer.wrap(window, 0, length);
        while (into.hasRemaining()) {
            if (channel.read(into, offset + into.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return JSON.createParser(ObjectReadContext.empty(), window, 0, length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// The rest of the file; several may be read at a time.
    private final class Part extends InputStream {
        private long at;

        Part(long at) {
            this.at = at;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = channel.read(ByteBuffer.wrap(into, from, length), at);
            at += Math.max(count, 0);
            return count;
        }
    }
}
