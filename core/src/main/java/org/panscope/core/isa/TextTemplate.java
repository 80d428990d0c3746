package org.panscope.core.isa;

import java.util.ArrayList;
import java.util.List;

/// The text of an instruction, read in both directions: it prints a word and parses what it
/// printed. Written as literal text with parts in braces:
///
/// ```
/// {field}         decimal, signed when the field is          {field:x}  {field:X}   hexadecimal
/// {field*8}       decimal, multiplied                        {field?.a}             .a when set
/// {field?.a:.b}   .a when set, .b when clear                 {field|a|b|c}          a name per value
/// {regs}          registers of `mask` from `base`            {pointer}              [dN + offset]
/// {last}          register `base` + `count` - 1
/// ```
///
/// In a list of names every value past the end prints the last name.
final class TextTemplate {
    private final List<TextPart> parts = new ArrayList<>();

    TextTemplate(String source, List<OperandField> fields) {
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

    void print(long word, StringBuilder out) {
        for (TextPart part : parts) {
            part.print(word, out);
        }
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

    /// Whether a line begins like this template; a quick test before [#parse].
    boolean mayMatch(String line) {
        return parts.getFirst() instanceof TextPart.Literal head && line.startsWith(head.text());
    }
}
