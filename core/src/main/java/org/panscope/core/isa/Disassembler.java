package org.panscope.core.isa;

import java.util.Locale;

/// Prints instruction words.
///
/// [#text] is what Mesa's decoder of 2026 prints, character for character. That text leaves out
/// some bits (reserved ones, the progress increment, what shares the name `INVALID`); [#annotated]
/// adds them behind ` // hidden 0x...`, so that [Assembler] gives the word back.
public final class Disassembler {
    static final String HIDDEN = " // hidden 0x";
    private static final long OPERANDS = -1L >>> 8;

    private final Isa isa;

    public Disassembler(Isa isa) {
        this.isa = isa;
    }

    /// Mesa's text of a v10 word.
    public static String text(long word) {
        return new Disassembler(Isa.v10()).textOf(word);
    }

    /// Mesa's text of a v10 word, and the bits it hides.
    public static String annotated(long word) {
        return new Disassembler(Isa.v10()).annotatedTextOf(word);
    }

    /// Mesa's text of a word.
    public String textOf(long word) {
        InstructionForm form = isa.form((int) (word >>> 56));
        TextTemplate template = form == null ? null : form.textOf(word);
        if (template == null) {
            return String.format(Locale.ROOT, "UNKNOWN_%d 0x%X", word >>> 56, word & OPERANDS);
        }
        StringBuilder out = new StringBuilder();
        template.print(word, out);
        return out.toString();
    }

    /// Mesa's text and, where it does not tell the whole word, the bits in which the word differs
    /// from the plain reading of that text.
    public String annotatedTextOf(long word) {
        String text = textOf(word);
        long hidden = word ^ new Assembler(isa).word(text);
        return hidden == 0
                ? text
                : text + HIDDEN + Long.toHexString(hidden).toUpperCase(Locale.ROOT);
    }
}
