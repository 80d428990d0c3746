package org.panscope.trace.chrome;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;

/// The text of a JSON string as UTF-8, read from behind its opening quote up to the closing one, or
/// to the end of a file that is cut off. Of any length in constant memory.
final class JsonStringInput extends InputStream {
    private final PushbackInputStream in;
    private byte[] decoded = {};
    private int at;
    private boolean atEnd;

    JsonStringInput(InputStream in) {
        this.in = new PushbackInputStream(in, 2);
    }

    @Override
    public int read() throws IOException {
        if (at < decoded.length) {
            return decoded[at++] & 0xff;
        }
        int c = atEnd ? -1 : in.read();
        if (c < 0 || c == '"') {
            atEnd = true;
            return -1;
        }
        return c == '\\' ? escape() : c;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int c = read();
            if (c < 0) {
                return done == 0 ? -1 : done;
            }
            into[from + done++] = (byte) c;
        }
        return done;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private int escape() throws IOException {
        int c = in.read();
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            case -1 -> {
                atEnd = true;
                yield -1;
            }
            default -> c;
        };
    }

    private int unicode() throws IOException {
        char unit = unit();
        String text = String.valueOf(unit);
        if (Character.isHighSurrogate(unit)) {
            int backslash = in.read();
            int u = backslash == '\\' ? in.read() : -1;
            if (u == 'u') {
                text += unit();
            } else {
                unread(u);
                unread(backslash);
            }
        }
        decoded = text.getBytes(StandardCharsets.UTF_8);
        at = 1;
        return decoded[0] & 0xff;
    }

    private void unread(int c) throws IOException {
        if (c >= 0) {
            in.unread(c);
        }
    }

    private char unit() throws IOException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int c = in.read();
            int digit = Character.digit(c, 16);
            if (digit < 0) {
                unread(c);
                return '\uFFFD';
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }
}
