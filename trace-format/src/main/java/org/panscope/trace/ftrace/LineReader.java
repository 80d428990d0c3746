package org.panscope.trace.ftrace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Lines of a text of any size, one at a time and in bounded memory. A line ends with LF or CR LF.
/// A byte that is not UTF-8 becomes `\xNN`, so that none is lost.
public final class LineReader {
    /// Longer lines keep only their beginning.
    public static final int MAX_LINE_BYTES = 64 * 1024;

    private final InputStream in;
    private final CharsetDecoder utf8 =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int limit;
    private byte[] line = new byte[512];
    private int length;
    private long bytes;
    private long number;
    private long offset;
    private long lineOffset;

    public LineReader(InputStream in) {
        this.in = in;
    }

    /// Moves to the next line.
    ///
    /// @return false at the end of the text
    public boolean next() throws IOException {
        length = 0;
        bytes = 0;
        long start = offset;
        boolean any = false;
        while (position < limit || fill()) {
            any = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            append(position, end);
            offset += end - position;
            position = end;
            if (end < limit) {
                position++;
                offset++;
                break;
            }
        }
        if (any) {
            number++;
            lineOffset = start;
            if (length > 0 && length == bytes && line[length - 1] == '\r') {
                length--;
            }
        }
        return any;
    }

    /// The line's number, from 1.
    public long number() {
        return number;
    }

    /// Where the line begins, in bytes of the uncompressed text.
    public long lineOffset() {
        return lineOffset;
    }

    /// Whether the line is longer than [#MAX_LINE_BYTES].
    public boolean isOverlong() {
        return bytes > MAX_LINE_BYTES;
    }

    /// The line without its end, and the first without a byte order mark.
    public String text() {
        for (int i = 0; i < length; i++) {
            if (line[i] < 0) {
                String text = decodeUtf8();
                return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
            }
        }
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private void append(int from, int to) {
        bytes += to - from;
        int kept = Math.min(to - from, MAX_LINE_BYTES - length);
        if (length + kept > line.length) {
            line = Arrays.copyOf(line, Math.max(length + kept, 2 * line.length));
        }
        System.arraycopy(buffer, from, line, length, kept);
        length += kept;
    }

    private String decodeUtf8() {
        ByteBuffer from = ByteBuffer.wrap(line, 0, length);
        CharBuffer to = CharBuffer.allocate(length);
        StringBuilder text = new StringBuilder(length);
        utf8.reset();
        while (true) {
            CoderResult result = utf8.decode(from, to, true);
            text.append(to.flip());
            to.clear();
            if (!result.isError()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                text.append(String.format("\\x%02x", from.get() & 0xff));
            }
        }
    }
}
