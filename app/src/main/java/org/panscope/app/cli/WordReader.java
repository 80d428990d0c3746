package org.panscope.app.cli;

import java.io.IOException;
import java.io.InputStream;

/// Reads instruction words from text, one 64-bit hexadecimal word a line, most significant digit
/// first. A line may have blanks around the word and `0x` before it, and nothing else.
final class WordReader {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int END = -1;

    private final InputStream in;
    private final String name;
    private final Runnable beforeRead;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int length;
    private int at;
    private long line;
    private long word;

    /// @param name of the input, for messages
    /// @param beforeRead what to do before input is waited for
    WordReader(InputStream in, String name, Runnable beforeRead) {
        this.in = in;
        this.name = name;
        this.beforeRead = beforeRead;
    }

    /// Moves to the next line.
    ///
    /// @return whether there is one
    /// @throws IOException when it does not hold a word
    boolean next() throws IOException {
        int c = read();
        if (c == END) {
            return false;
        }
        line++;
        c = skipBlanks(c);
        if (c == '0') {
            c = read();
            c = c == 'x' || c == 'X' ? digits(read(), 0) : digits(c, 1);
        } else {
            c = digits(c, 0);
        }
        c = skipBlanks(c);
        if (c != '\n' && c != END) {
            throw error("expected the end of the line, found " + shown(c));
        }
        return true;
    }

    /// The word of the line.
    long word() {
        return word;
    }

    /// Number of the line, from 1.
    long line() {
        return line;
    }

    /// @param before digits of the word that were read before, all 0
    /// @return the character behind the digits
    private int digits(int first, int before) throws IOException {
        word = 0;
        int count = before;
        int c = first;
        for (int digit = Character.digit(c, 16); digit >= 0; digit = Character.digit(c, 16)) {
            if (++count > 16) {
                throw error("a word has at most 16 hexadecimal digits");
            }
            word = word << 4 | digit;
            c = read();
        }
        if (count == 0) {
            throw error(
                    "expected a 64-bit hexadecimal word, found "
                            + (c == '\n' || c == END ? "an empty line" : shown(c)));
        }
        return c;
    }

    private int skipBlanks(int first) throws IOException {
        int c = first;
        while (c == ' ' || c == '\t' || c == '\r') {
            c = read();
        }
        return c;
    }

    private int read() throws IOException {
        if (at == length) {
            beforeRead.run();
            length = in.read(buffer);
            at = 0;
            if (length <= 0) {
                length = 0;
                return END;
            }
        }
        return buffer[at++] & 0xff;
    }

    private static String shown(int c) {
        if (c > ' ' && c < 0x7f) {
            return "'" + (char) c + "'";
        }
        boolean isText = c != 0 && c < 0x80;
        return "byte 0x" + Integer.toHexString(c) + (isText ? "" : ", and words are ASCII text");
    }

    private IOException error(String message) {
        return new IOException(name + ":" + line + ": " + message);
    }
}
