package org.panscope.core.isa;

/// Turns the text of [Disassembler] back into words. Where that text does not tell a bit, the bit
/// gets the value the instruction has in practice, mostly 0.
public final class Assembler {
    private final Isa isa;

    public Assembler(Isa isa) {
        this.isa = isa;
    }

    /// The v10 word of a line.
    ///
    /// @throws AssemblyException naming the column when the line is no instruction
    public static long assemble(String line) {
        return new Assembler(Isa.v10()).word(line);
    }

    /// The word of a line.
    ///
    /// @throws AssemblyException naming the column when the line is no instruction
    public long word(String line) {
        int comment = line.indexOf(Disassembler.HIDDEN);
        if (comment < 0) {
            return instruction(line);
        }
        TextCursor cursor = new TextCursor(line);
        cursor.expect(line.substring(0, comment));
        cursor.expect(Disassembler.HIDDEN);
        long hidden = cursor.unsigned(16);
        if (!cursor.atEnd()) {
            throw cursor.error("unexpected text after the hidden bits");
        }
        return instruction(line.substring(0, comment)) ^ hidden;
    }

    private long instruction(String line) {
        if (line.startsWith("UNKNOWN_")) {
            return unknown(line);
        }
        AssemblyException furthest = new AssemblyException("no such instruction", 1, line);
        for (InstructionForm form : isa.forms()) {
            for (TextTemplate template : form.texts()) {
                if (!template.mayMatch(line)) {
                    continue;
                }
                TextCursor cursor = new TextCursor(line);
                try {
                    long word = template.parse(cursor, form.emptyWord());
                    if (cursor.atEnd()) {
                        return word;
                    }
                    throw cursor.error("unexpected text");
                } catch (AssemblyException e) {
                    furthest = e.column() > furthest.column() ? e : furthest;
                }
            }
        }
        throw furthest;
    }

    private long unknown(String line) {
        TextCursor cursor = new TextCursor(line);
        cursor.expect("UNKNOWN_");
        long opcode = cursor.unsigned(10);
        InstructionForm form = opcode < 0 || opcode > 255 ? null : isa.form((int) opcode);
        if (opcode < 0 || opcode > 255 || (form != null && form.text() != null)) {
            throw cursor.error("opcode is not an unknown one");
        }
        cursor.expect(" 0x");
        long operands = cursor.unsigned(16);
        if (operands >>> 56 != 0) {
            throw cursor.error("operands do not fit 56 bits");
        }
        if (!cursor.atEnd()) {
            throw cursor.error("unexpected text");
        }
        return (opcode << 56) | operands;
    }
}
