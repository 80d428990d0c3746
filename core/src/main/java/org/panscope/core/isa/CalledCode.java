package org.panscope.core.isa;

import java.util.BitSet;

/// What code may have changed when it returns, whatever way it took.
final class CalledCode {
    private final Isa isa;
    private final BitSet written = new BitSet();
    private final BitSet loaded = new BitSet();
    private boolean isUnseen;
    private boolean selectsSlots;

    CalledCode(Isa isa) {
        this.isa = isa;
    }

    /// Adds a word. What its calls do is added by itself.
    void add(long word) {
        InstructionUse use = InstructionUse.of(isa, word);
        isUnseen |= use.flow() == InstructionUse.Flow.INVALID;
        for (RegisterRange range : use.writes()) {
            written.set(range.first(), range.last() + 1);
            if (use.memory() != null) {
                loaded.set(range.first(), range.last() + 1);
            }
        }
        switch (use.instruction().opcode()) {
            case Opcodes.SET_SB_ENTRY,
                    Opcodes.SET_STATE,
                    Opcodes.SET_STATE_IMM32,
                    Opcodes.NEXT_SB_ENTRY ->
                    selectsSlots = true;
            default -> {}
        }
    }

    /// Adds what other code does.
    void add(CalledCode other) {
        written.or(other.written);
        loaded.or(other.loaded);
        isUnseen |= other.isUnseen;
        selectsSlots |= other.selectsSlots;
    }

    /// Adds code that nobody has seen.
    void addUnseen() {
        isUnseen = true;
    }

    /// Registers it may have written.
    BitSet written() {
        return written;
    }

    /// Registers it may have left a load pending for.
    BitSet loaded() {
        return loaded;
    }

    /// Whether it may have done anything.
    boolean isUnseen() {
        return isUnseen;
    }

    /// Whether it may have chosen other scoreboard slots.
    boolean selectsSlots() {
        return selectsSlots;
    }
}
