package org.panscope.core.isa;

/// A position in a line of assembly text.
final class TextCursor {
    private final String text;
    private final String line;
    private int at;

    /// @param text the part of the line that is read; the line begins with it
    /// @param line what error messages show
    TextCursor(String text, String line) {
        this.text = text;
        this.line = line;
    }

    boolean take(String wanted) {
        if (!text.startsWith(wanted, at)) {
            return false;
        }
        at += wanted.length();
        return true;
    }

    void expect(String wanted) {
        if (!take(wanted)) {
            throw error("expected \"" + wanted + "\"");
        }
    }

    void expectEnd() {
        if (at != text.length()) {
            throw error("expected the end of the line");
        }
    }

    int position() {
        return at;
    }

    void skip(int characters) {
        at += characters;
    }

    /// What stands before the next `end`, or the rest when there is none.
    String until(char end) {
        int found = text.indexOf(end, at);
        int start = at;
        at = found < 0 ? text.length() : found;
        return text.substring(start, at);
    }

    /// A number without sign in a radix, of at most 64 bits.
    long unsigned(int radix) {
        long largest = Long.divideUnsigned(-1L, radix);
        int start = at;
        long value = 0;
        for (int digit = digit(radix); digit >= 0; digit = digit(radix)) {
            long next = value * radix + digit;
            if (Long.compareUnsigned(value, largest) > 0 || Long.compareUnsigned(next, digit) < 0) {
                throw errorAt(start, "number too large");
            }
            value = next;
            at++;
        }
        if (at == start) {
            throw error(radix == 16 ? "expected hexadecimal digits" : "expected a number");
        }
        return value;
    }

    /// The digit that is next, or -1.
    private int digit(int radix) {
        char c = at < text.length() ? text.charAt(at) : ' ';
        return c < 0x80 ? Character.digit(c, radix) : -1;
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

    /// A decimal number with an optional minus, or a hexadecimal one behind `0x`.
    long number() {
        return take("0x") ? unsigned(16) : signed();
    }

    /// Puts a value into a field of a word.
    ///
    /// @param start where its text began
    long put(OperandField field, long value, long word, int start) {
        if (!field.accepts(value)) {
            throw errorAt(
                    start, "value does not fit " + field.name() + " (" + field.width() + " bits)");
        }
        return field.replace(word, value);
    }

    AssemblyException error(String message) {
        return errorAt(at, message);
    }

    /// @param position of the character that is wrong, from 0
    AssemblyException errorAt(int position, String message) {
        return new AssemblyException(message, position + 1, line);
    }
}
