package org.panscope.core.isa;

import java.util.Locale;

/// Prints instruction words.
///
/// [#textOf] is what Mesa's decoder of 2026 prints, character for character. That text leaves out
/// some bits (reserved ones, the progress increment, what shares the name `INVALID`);
/// [#annotatedTextOf] adds them as ` // with progressIncrement=1, reserved=0x1`, so that
/// [Assembler] gives the word back.
///
/// Mesa: src/panfrost/genxml/decode_csf.c, print_cs_instr
public final class Disassembler {
    /// Begins what the plain text does not tell.
    static final String NOTE = " // with ";

    /// Name of the bits of no field in a note.
    static final String RESERVED = "reserved";

    private static final long OPERANDS = -1L >>> 8;
    private static final Disassembler V10 = new Disassembler(Isa.v10());

    private final Isa isa;

    public Disassembler(Isa isa) {
        this.isa = isa;
    }

    /// Mesa's text of a v10 word.
    public static String text(long word) {
        return V10.textOf(word);
    }

    /// Mesa's text of a v10 word, and the bits it hides.
    public static String annotated(long word) {
        return V10.annotatedTextOf(word);
    }

    /// Mesa's text of a word.
    public String textOf(long word) {
        StringBuilder out = new StringBuilder(64);
        append(word, out);
        return out.toString();
    }

    /// Mesa's text of a word and, where it does not tell the whole word, what is missing.
    public String annotatedTextOf(long word) {
        StringBuilder out = new StringBuilder(64);
        appendAnnotated(word, out);
        return out.toString();
    }

    /// Appends [#textOf].
    public void append(long word, StringBuilder out) {
        InstructionForm form = isa.form((int) (word >>> 56));
        TextTemplate template = form == null ? null : form.text();
        if (template == null) {
            out.append("UNKNOWN_").append(word >>> 56).append(" 0x").append(hex(word & OPERANDS));
        } else {
            template.print(word, out);
        }
    }

    /// Appends [#annotatedTextOf].
    public void appendAnnotated(long word, StringBuilder out) {
        append(word, out);
        InstructionForm form = isa.form((int) (word >>> 56));
        long hidden = form == null ? 0 : word ^ form.readBack(word);
        if (form == null || hidden == 0) {
            return;
        }
        String separator = NOTE;
        for (OperandField field : form.fields()) {
            if ((hidden & field.bits()) != 0) {
                out.append(separator).append(field.name()).append('=');
                appendValue(field, word, out);
                separator = ", ";
            }
        }
        long reserved = word & ~form.definedBits();
        if (reserved != 0) {
            out.append(separator).append(RESERVED).append("=0x").append(hex(reserved));
        }
    }

    private static void appendValue(OperandField field, long word, StringBuilder out) {
        switch (field.type()) {
            case MASK, BITS -> out.append("0x").append(hex(field.get(word)));
            default -> out.append(field.get(word));
        }
    }

    private static String hex(long value) {
        return Long.toHexString(value).toUpperCase(Locale.ROOT);
    }
}
