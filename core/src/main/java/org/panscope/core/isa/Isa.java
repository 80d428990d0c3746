package org.panscope.core.isa;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The instruction set of one architecture: what each of the 256 opcodes means, and the size of the
/// register file and the scoreboard. v10 is written down in full, each later one as its differences
/// from the one before.
///
/// Mesa: src/panfrost/genxml/v10.xml to v13.xml
public final class Isa {
    /// The oldest and newest architecture with a table.
    public static final int FIRST = 10;

    public static final int LAST = 13;

    private static final Isa V10 = IsaV10.build();
    private static final Isa V11 = IsaV11.build(V10);
    private static final Isa V12 = IsaV12.build(V11);
    private static final Isa V13 = IsaV13.build(V12);

    private final int architecture;
    private final int registerCount;
    private final int scoreboardSlots;
    private final @Nullable InstructionForm[] forms;

    Isa(
            int architecture,
            int registerCount,
            int scoreboardSlots,
            @Nullable InstructionForm[] forms) {
        this.architecture = architecture;
        this.registerCount = registerCount;
        this.scoreboardSlots = scoreboardSlots;
        this.forms = forms.clone();
    }

    /// Mali-G310, G510, G610, G710.
    public static Isa v10() {
        return V10;
    }

    /// The instruction set of an architecture: 10 (Mali-G310, G510, G610, G710), 11 (G615, G715),
    /// 12 (G620, G720) or 13 (G625, G725, G925).
    ///
    /// @throws IllegalArgumentException for any other
    public static Isa of(int architecture) {
        return switch (architecture) {
            case 10 -> V10;
            case 11 -> V11;
            case 12 -> V12;
            case 13 -> V13;
            default ->
                    throw new IllegalArgumentException(
                            "architecture "
                                    + architecture
                                    + " is not known; there are "
                                    + FIRST
                                    + " to "
                                    + LAST);
        };
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

    /// Whether the plain text of a word tells all of it. It does not when reserved bits are set,
    /// when a field that Mesa does not print (the progress increment, a NOP's payload) differs from
    /// its usual value, or when a value shares its text with another (`INVALID`). Annotated text
    /// tells every word.
    public boolean isTextLossless(long word) {
        return readBack(word) == word;
    }

    /// The word that the plain text of a word stands for.
    long readBack(long word) {
        InstructionForm form = forms[(int) (word >>> 56)];
        return form == null ? word : form.readBack(word);
    }

    @Override
    public String toString() {
        return "v" + architecture;
    }
}
