package org.panscope.core.isa;

import java.util.Locale;

/// A position in a line of assembly text.
final class TextCursor {
    private final String line;
    private int at;

    TextCursor(String line) {
        this.line = line;
    }

    boolean take(String text) {
        if (!line.startsWith(text, at)) {
            return false;
        }
        at += text.length();
        return true;
    }

    void expect(String text) {
        if (!take(text)) {
            throw error("expected \"" + text + "\"");
        }
    }

    boolean atEnd() {
        return at == line.length();
    }

    int position() {
        return at;
    }

    /// A number without sign in a radix.
    long unsigned(int radix) {
        int start = at;
        while (at < line.length() && Character.digit(line.charAt(at), radix) >= 0) {
            at++;
        }
        String digits = line.substring(start, at);
        try {
            return Long.parseUnsignedLong(digits.toLowerCase(Locale.ROOT), radix);
        } catch (NumberFormatException e) {
            at = start;
            throw error(digits.isEmpty() ? "expected a number" : "number too large");
        }
    }

    /// A decimal number with an optional minus.
    long signed() {
        int start = at;
        boolean negative = take("-");
        long magnitude = unsigned(10);
        if (magnitude < 0) {
            at = start;
            throw error("number too large");
        }
        return negative ? -magnitude : magnitude;
    }

    /// Puts a value into a field of a word.
    ///
    /// @param start where its text began
    long put(OperandField field, long value, long word, int start) {
        if (!field.accepts(value)) {
            at = start;
            throw error("value does not fit " + field.name() + " (" + field.width() + " bits)");
        }
        return (word & ~field.bits()) | field.put(value);
    }

    AssemblyException error(String message) {
        return new AssemblyException(message, at + 1, line);
    }
}
