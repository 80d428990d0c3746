package org.panscope.core.isa;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One row of the opcode table: the layout of an instruction and its text.
///
/// @param opcode bits 63:56
/// @param mnemonic name in the opcode table
/// @param fields operands, highest bits first
/// @param text how Mesa prints it, or null when Mesa has no text and prints `UNKNOWN_n`
/// @param otherSpellings texts that are understood but not printed
/// @param impliedBits field bits a word has when its text does not show them
public record InstructionForm(
        int opcode,
        String mnemonic,
        List<OperandField> fields,
        @Nullable TextTemplate text,
        List<TextTemplate> otherSpellings,
        long impliedBits) {

    public InstructionForm {
        fields = List.copyOf(fields);
        otherSpellings = List.copyOf(otherSpellings);
        long seen = 0;
        for (OperandField field : fields) {
            if ((seen & field.bits()) != 0) {
                throw new IllegalArgumentException(mnemonic + ": field overlaps: " + field);
            }
            seen |= field.bits();
        }
    }

    /// Opcode and field bits.
    public long definedBits() {
        long bits = 0xffL << 56;
        for (OperandField field : fields) {
            bits |= field.bits();
        }
        return bits;
    }

    /// The word with all fields at their implied values.
    public long emptyWord() {
        return ((long) opcode << 56) | impliedBits;
    }

    /// The field with a name. It reads words without a further look-up, so code that decodes much
    /// asks once and keeps it.
    ///
    /// @throws IllegalArgumentException when there is none
    public OperandField field(String name) {
        OperandField field = fieldOrNull(name);
        if (field == null) {
            throw new IllegalArgumentException(mnemonic + " has no field " + name);
        }
        return field;
    }

    /// The field with a name, or null: later architectures have fields that earlier ones lack.
    public @Nullable OperandField fieldOrNull(String name) {
        for (OperandField field : fields) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        return null;
    }

    /// The word that the text of a word stands for. It differs from that word where the text leaves
    /// something out: reserved bits, fields not shown, values that share a name.
    long readBack(long word) {
        TextTemplate printed = text;
        return printed == null ? word : printed.readBack(word, emptyWord());
    }
}
