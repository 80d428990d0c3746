package org.panscope.core.isa;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// One row of the opcode table: the layout of an instruction and its text.
///
/// @param opcode bits 63:56
/// @param mnemonic name in the opcode table
/// @param fields operands
/// @param text how Mesa prints it, or null when Mesa has no text and prints `UNKNOWN_n`
/// @param otherText text used instead while `otherTextField` is not 0
/// @param otherTextField see `otherText`
/// @param impliedBits field bits a word has when its text does not show them
public record InstructionForm(
        int opcode,
        String mnemonic,
        List<OperandField> fields,
        @Nullable TextTemplate text,
        @Nullable TextTemplate otherText,
        @Nullable OperandField otherTextField,
        long impliedBits) {

    public InstructionForm {
        fields = List.copyOf(fields);
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

    /// The field with a name.
    ///
    /// @throws IllegalArgumentException when there is none
    public OperandField field(String name) {
        for (OperandField field : fields) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        throw new IllegalArgumentException(mnemonic + " has no field " + name);
    }

    /// Every text it can have.
    List<TextTemplate> texts() {
        return Stream.of(text, otherText).filter(Objects::nonNull).toList();
    }

    /// The template that prints this word, or null when Mesa has none.
    @Nullable TextTemplate textOf(long word) {
        OperandField selector = otherTextField;
        return selector != null && selector.get(word) != 0 ? otherText : text;
    }
}
