package org.panscope.core.isa;

import java.util.ArrayList;
import java.util.List;

/// The text of an instruction, read in both directions: it prints a word and parses what it
/// printed. Written as literal text with parts in braces:
///
/// ```
/// {field}         the name of its value if values have names, else decimal (signed if the field is)
/// {field:x}       lower-case hexadecimal; {field:X} upper-case
/// {field*8}       decimal, multiplied
/// {field?.a}      .a when not 0               {field?.a:.b}   .a when not 0, .b when 0
/// {field|a|b|c}   a name per value            {regs}          registers of `mask` from `base`
/// {pointer}       [dN + offset]               {last}          register `base` + `count` - 1
/// {payload}       ": t1, 0x2A" of a NOP with a metadata type
/// ```
///
/// In a list of names every value past the end prints the last name; a field's own names end with
/// `INVALID`.
final class TextTemplate {
    private final String source;
    private final List<TextPart> parts = new ArrayList<>();

    TextTemplate(String source, List<OperandField> fields) {
        this.source = source;
        int at = 0;
        while (at < source.length()) {
            int open = source.indexOf('{', at);
            int literalEnd = open < 0 ? source.length() : open;
            if (literalEnd > at) {
                parts.add(new TextPart.Literal(source.substring(at, literalEnd)));
            }
            if (open < 0) {
                break;
            }
            int close = source.indexOf('}', open);
            parts.add(TextPart.of(source.substring(open + 1, close), fields));
            at = close + 1;
        }
    }

    /// As written in the opcode table.
    String source() {
        return source;
    }

    void print(long word, StringBuilder out) {
        for (TextPart part : parts) {
            part.print(word, out);
        }
    }

    /// The word that [#parse] makes of the text that [#print] makes of a word.
    ///
    /// @param target the word to put fields into
    long readBack(long word, long target) {
        long result = target;
        for (TextPart part : parts) {
            result = part.readBack(word, result);
        }
        return result;
    }

    /// Reads one instruction from the cursor.
    ///
    /// @param word the word to put fields into
    /// @throws AssemblyException where the text differs from the template
    long parse(TextCursor cursor, long word) {
        long result = word;
        for (TextPart part : parts) {
            result = part.parse(cursor, result);
        }
        return result;
    }

    /// What its lines begin with: capital letters, digits and underscores.
    List<String> mnemonics() {
        return switch (parts.getFirst()) {
            case TextPart.Literal head -> List.of(mnemonic(head.text()));
            case TextPart.Choice names -> names.names().stream().distinct().toList();
            default -> throw new IllegalStateException("template=" + source);
        };
    }

    /// The mnemonic a line begins with; empty when it begins with something else.
    static String mnemonic(String line) {
        int end = 0;
        while (end < line.length() && isMnemonic(line.charAt(end))) {
            end++;
        }
        return line.substring(0, end);
    }

    private static boolean isMnemonic(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    @Override
    public String toString() {
        return source;
    }
}
