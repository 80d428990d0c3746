package org.panscope.trace.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Splits a stream into lines of bytes. Of a line that is too long only the beginning is kept.
final class LineInput {
    /// Longest line in bytes.
    static final int MAX_LINE = 64 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private byte[] line = new byte[1024];
    private int length;
    private boolean tooLong;
    private long number;

    LineInput(InputStream in) {
        this.in = in;
    }

    /// Moves to the next line.
    ///
    /// @return false at the end
    boolean next() throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        while (position < limit || fill()) {
            any = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            append(end - position);
            boolean complete = end < limit;
            position = complete ? end + 1 : end;
            if (complete) {
                break;
            }
        }
        number += any ? 1 : 0;
        return any;
    }

    /// Number of the line, from 1.
    long number() {
        return number;
    }

    /// The line without its end; only the first [#length()] bytes count.
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    boolean isTooLong() {
        return tooLong;
    }

    boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return !tooLong;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private void append(int count) {
        int fits = Math.min(count, MAX_LINE - length);
        tooLong |= fits < count;
        if (line.length - length < fits) {
            line = Arrays.copyOf(line, (int) Math.max(length + (long) fits, line.length * 2L));
        }
        System.arraycopy(buffer, position, line, length, fits);
        length += fits;
    }
}
