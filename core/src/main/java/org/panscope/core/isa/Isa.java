package org.panscope.core.isa;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The instruction set of one architecture: what each of the 256 opcodes means, and the size of the
/// register file and the scoreboard.
///
/// Mesa: src/panfrost/genxml/v10.xml
public final class Isa {
    private static final Isa V10 = IsaV10.build();

    private final int architecture;
    private final int registerCount;
    private final int scoreboardSlots;
    private final @Nullable InstructionForm[] forms;

    private Isa(
            int architecture,
            int registerCount,
            int scoreboardSlots,
            @Nullable InstructionForm[] forms) {
        this.architecture = architecture;
        this.registerCount = registerCount;
        this.scoreboardSlots = scoreboardSlots;
        this.forms = forms;
    }

    /// Mali-G310, G510, G610, G710.
    public static Isa v10() {
        return V10;
    }

    public int architecture() {
        return architecture;
    }

    public int registerCount() {
        return registerCount;
    }

    public int scoreboardSlots() {
        return scoreboardSlots;
    }

    /// Decodes any word; an undefined opcode gives an instruction that says so.
    public Instruction decode(long word) {
        return new Instruction(word, forms[(int) (word >>> 56)]);
    }

    /// What an opcode means, or null.
    public @Nullable InstructionForm form(int opcode) {
        return forms[opcode];
    }

    /// Every defined instruction, by opcode.
    public List<InstructionForm> forms() {
        List<InstructionForm> defined = new ArrayList<>();
        for (InstructionForm form : forms) {
            if (form != null) {
                defined.add(form);
            }
        }
        return defined;
    }

    /// Starts from this architecture, so that a later one is told by its differences.
    Builder derive(int newArchitecture, int registers, int slots) {
        return new Builder(newArchitecture, registers, slots, forms);
    }

    /// Collects the rows of an opcode table.
    static final class Builder {
        private final int architecture;
        private final int registerCount;
        private final int scoreboardSlots;
        private final @Nullable InstructionForm[] forms;

        Builder(int architecture, int registerCount, int scoreboardSlots) {
            this(architecture, registerCount, scoreboardSlots, new InstructionForm[256]);
        }

        private Builder(
                int architecture,
                int registerCount,
                int scoreboardSlots,
                @Nullable InstructionForm[] base) {
            this.architecture = architecture;
            this.registerCount = registerCount;
            this.scoreboardSlots = scoreboardSlots;
            this.forms = Arrays.copyOf(base, 256);
        }

        /// A row; replaces the one with the same opcode.
        ///
        /// @param text template, or null when Mesa has none
        Builder row(int opcode, String mnemonic, @Nullable String text, OperandField... fields) {
            return add(opcode, mnemonic, text, null, "", 0, fields);
        }

        /// A row with field bits that its text does not show.
        Builder implied(
                long impliedBits,
                int opcode,
                String mnemonic,
                String text,
                OperandField... fields) {
            return add(opcode, mnemonic, text, null, "", impliedBits, fields);
        }

        /// A row whose text is `otherText` while `selector` is not 0.
        Builder either(
                String selector,
                int opcode,
                String mnemonic,
                String text,
                String otherText,
                OperandField... fields) {
            return add(opcode, mnemonic, text, otherText, selector, 0, fields);
        }

        private Builder add(
                int opcode,
                String mnemonic,
                @Nullable String text,
                @Nullable String otherText,
                String selector,
                long impliedBits,
                OperandField... fields) {
            List<OperandField> list = List.of(fields);
            forms[opcode] =
                    new InstructionForm(
                            opcode,
                            mnemonic,
                            list,
                            text == null ? null : new TextTemplate(text, list),
                            otherText == null ? null : new TextTemplate(otherText, list),
                            otherText == null ? null : select(selector, list),
                            impliedBits);
            return this;
        }

        /// Makes an opcode undefined.
        Builder remove(int opcode) {
            forms[opcode] = null;
            return this;
        }

        Isa build() {
            return new Isa(architecture, registerCount, scoreboardSlots, forms);
        }

        private static OperandField select(String name, List<OperandField> fields) {
            return fields.stream().filter(field -> field.name().equals(name)).findFirst().get();
        }
    }
}
