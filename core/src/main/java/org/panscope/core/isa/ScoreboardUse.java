package org.panscope.core.isa;

import java.util.OptionalInt;

/// What an instruction has to do with the scoreboard.
///
/// @param waitMask slots it waits for, one bit each; empty when the mask is the one that SET_STATE
///   chose, which the word does not tell
/// @param signal which slot it holds while it is pending
/// @param signalSlot number of that slot when the word tells it
public record ScoreboardUse(OptionalInt waitMask, Signal signal, OptionalInt signalSlot) {
    /// How the slot is chosen that an instruction holds while it is pending.
    public enum Signal {
        /// It holds none: it is done when the next one issues.
        NONE,
        /// The endpoint slot of SET_SB_ENTRY or SET_STATE.
        ENDPOINT,
        /// The other slot of SET_SB_ENTRY or SET_STATE.
        OTHER,
        /// The slot in the word.
        EXPLICIT,
        /// The deferred slot of SET_STATE (v11 on).
        DEFERRED
    }

    /// No slot is involved.
    static final ScoreboardUse NONE =
            new ScoreboardUse(OptionalInt.of(0), Signal.NONE, OptionalInt.empty());

    private static final ScoreboardUse ENDPOINT =
            new ScoreboardUse(OptionalInt.of(0), Signal.ENDPOINT, OptionalInt.empty());
    private static final ScoreboardUse OTHER =
            new ScoreboardUse(OptionalInt.of(0), Signal.OTHER, OptionalInt.empty());

    /// Whether the slot it holds is among those it waits for: it never completes.
    public boolean waitsForItself() {
        return waitMask.isPresent()
                && signalSlot.isPresent()
                && (waitMask.getAsInt() >> signalSlot.getAsInt() & 1) != 0;
    }

    static ScoreboardUse of(Instruction instruction) {
        return switch (instruction.opcode()) {
            case Opcodes.WAIT -> waiting(instruction);
            case Opcodes.LOAD_MULTIPLE, Opcodes.STORE_MULTIPLE -> OTHER;
            case Opcodes.FLUSH_CACHE2 -> deferrable(instruction, true);
            case Opcodes.FINISH_FRAGMENT,
                    Opcodes.HEAP_OPERATION,
                    Opcodes.STORE_STATE,
                    Opcodes.SYNC_ADD32,
                    Opcodes.SYNC_ADD64,
                    Opcodes.SYNC_SET32,
                    Opcodes.SYNC_SET64,
                    Opcodes.TRACE_POINT ->
                    deferrable(instruction, false);
            case Opcodes.SHARED_SB_INC -> shared(instruction);
            default -> InstructionUse.isJob(instruction.opcode()) ? ENDPOINT : NONE;
        };
    }

    private static ScoreboardUse waiting(Instruction instruction) {
        boolean isIndirect = instruction.getInt("waitMode", 0) != 0;
        return new ScoreboardUse(
                isIndirect ? OptionalInt.empty() : OptionalInt.of(instruction.getInt("waitMask")),
                Signal.NONE,
                OptionalInt.empty());
    }

    private static ScoreboardUse deferrable(Instruction instruction, boolean always) {
        if (isIndirect(instruction)) {
            return new ScoreboardUse(OptionalInt.empty(), Signal.DEFERRED, OptionalInt.empty());
        }
        int mask = instruction.getInt("waitMask");
        if (mask == 0 && !always) {
            return NONE;
        }
        return new ScoreboardUse(
                OptionalInt.of(mask),
                Signal.EXPLICIT,
                OptionalInt.of(instruction.getInt("signalSlot")));
    }

    /// SHARED_SB_INC holds a slot of the group, none of its queue's.
    private static ScoreboardUse shared(Instruction instruction) {
        return new ScoreboardUse(
                isIndirect(instruction)
                        ? OptionalInt.empty()
                        : OptionalInt.of(instruction.getInt("sbMask")),
                Signal.NONE,
                OptionalInt.empty());
    }

    private static boolean isIndirect(Instruction instruction) {
        return instruction.getInt("deferMode", 0) != 0;
    }
}
