package org.panscope.core.isa;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A decoded instruction word. Nothing of the word is lost: bits that belong to no field stay
/// visible in [#reservedBits].
///
/// @param word the 64 bits as fetched
/// @param form what the opcode means, or null when the architecture does not define it
public record Instruction(long word, @Nullable InstructionForm form) {
    /// Bits 63:56.
    public int opcode() {
        return (int) (word >>> 56);
    }

    /// Whether the opcode is defined.
    public boolean isDefined() {
        return form != null;
    }

    /// Mnemonic of the opcode table, or `UNKNOWN_n`.
    public String mnemonic() {
        return form == null ? "UNKNOWN_" + opcode() : form.mnemonic();
    }

    /// Value of a field by name.
    ///
    /// @throws IllegalArgumentException when the instruction has no such field
    public long get(String field) {
        if (form == null) {
            throw new IllegalArgumentException(mnemonic() + " has no field " + field);
        }
        return form.field(field).get(word);
    }

    /// As [#get], for fields of at most 32 bits.
    public int getInt(String field) {
        return (int) get(field);
    }

    /// As [#getInt], or a default for an instruction without the field: what an earlier
    /// architecture does where a later one has a choice.
    public int getInt(String field, int otherwise) {
        OperandField found = form == null ? null : form.fieldOrNull(field);
        return found == null ? otherwise : (int) found.get(word);
    }

    /// Bits set in the word that no field covers; 0 in every well-formed instruction.
    public long reservedBits() {
        return form == null ? 0 : word & ~form.definedBits();
    }

    /// Every field with its value and meaning, highest bits first; none for an undefined opcode.
    public List<OperandValue> operands() {
        List<OperandValue> operands = new ArrayList<>();
        if (form != null) {
            for (OperandField field : form.fields()) {
                long value = field.get(word);
                operands.add(new OperandValue(field, value, field.describe(value)));
            }
        }
        return operands;
    }
}
