package org.panscope.core.isa;

import org.jspecify.annotations.Nullable;

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

    /// Bits set in the word that no field covers; 0 in every well-formed instruction.
    public long reservedBits() {
        return form == null ? 0 : word & ~form.definedBits();
    }
}
