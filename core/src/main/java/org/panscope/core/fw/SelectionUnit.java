package org.panscope.core.fw;

import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.isa.OperandField;

/// The slot selections of v11 and later, and the slots that the queues of a group share.
final class SelectionUnit {
    private static final int ENDPOINT = 0;
    private static final int OTHER = 1;
    private static final int DEFERRED = 2;
    private static final int STREAM_MASK = 8;
    private static final int WAIT_MASK = 9;
    private static final int TYPES = 4;

    private SelectionUnit() {}

    static InstructionUnit of(InstructionForm form) {
        return switch (form.opcode()) {
            case Opcodes.NEXT_SB_ENTRY -> next(form);
            case Opcodes.SET_STATE -> setFromRegister(form);
            case Opcodes.SET_STATE_IMM32 -> setFromImmediate(form);
            case Opcodes.SHARED_SB_INC -> increment(form);
            default -> decrement(form);
        };
    }

    private static InstructionUnit setFromRegister(InstructionForm form) {
        OperandField state = form.field("state");
        OperandField source = form.field("source");
        return (core, instruction) -> {
            long word = instruction.word();
            int value = core.register((int) source.get(word));
            return set(core, instruction, (int) state.get(word), value);
        };
    }

    private static InstructionUnit setFromImmediate(InstructionForm form) {
        OperandField state = form.field("state");
        OperandField value = form.field("value");
        return (core, instruction) -> {
            long word = instruction.word();
            return set(core, instruction, (int) state.get(word), (int) value.get(word));
        };
    }

    private static Outcome set(StreamCore core, Instruction instruction, int state, int value) {
        boolean isSlot = state <= DEFERRED;
        if (isSlot && Integer.compareUnsigned(value, core.scoreboard.slots()) >= 0) {
            return core.invalid(instruction);
        }
        switch (state) {
            case ENDPOINT -> core.endpointSlot = value;
            case OTHER -> core.otherSlot = value;
            case DEFERRED -> core.deferredSlot = value;
            case STREAM_MASK -> core.streamMask = value & core.slotsMask();
            case WAIT_MASK -> core.waitMask = value & core.slotsMask();
            default -> {
                return core.reserved(instruction);
            }
        }
        return Outcome.NEXT;
    }

    private static InstructionUnit next(InstructionForm form) {
        OperandField destination = form.field("destination");
        OperandField format = form.field("format");
        OperandField type = form.field("sbType");
        return (core, instruction) -> {
            long word = instruction.word();
            int selected = (int) type.get(word);
            if (selected >= TYPES) {
                return core.reserved(instruction);
            }
            int slot = slotAfter(core, selection(core, selected));
            switch (selected) {
                case 1 -> core.endpointSlot = slot;
                case 2 -> core.otherSlot = slot;
                case 3 -> core.deferredSlot = slot;
                default -> {
                    // Only told.
                }
            }
            int result = format.get(word) == 0 ? slot : 1 << slot;
            core.setRegister((int) destination.get(word), result);
            return Outcome.NEXT;
        };
    }

    private static int selection(StreamCore core, int type) {
        return switch (type) {
            case 2 -> core.otherSlot;
            case 3 -> core.deferredSlot;
            default -> core.endpointSlot;
        };
    }

    /// The next slot of the stream mask, cyclically (ASSUMPTION: cs.next_sb_entry).
    private static int slotAfter(StreamCore core, int slot) {
        for (int step = 1; step <= core.scoreboard.slots(); step++) {
            int candidate = (slot + step) % core.scoreboard.slots();
            if ((core.streamMask >> candidate & 1) != 0) {
                return candidate;
            }
        }
        return slot;
    }

    private static InstructionUnit increment(InstructionForm form) {
        OperandField entry = form.field("sharedEntry");
        OperandField sbMask = form.field("sbMask");
        OperandField mode = form.field("deferMode");
        OperandField progressIncrement = form.field("progressIncrement");
        return (core, instruction) -> {
            long word = instruction.word();
            boolean isIndirect = mode.get(word) != 0;
            int mask = isIndirect ? Deferral.indirectMask(core) : (int) sbMask.get(word);
            // ASSUMPTION: cs.shared_slots.
            if ((core.scoreboard.busyMask() & mask) != 0) {
                return core.blockOnSlots(mask);
            }
            core.environment.changeSharedSlot((int) entry.get(word), 1);
            if (progressIncrement.get(word) != 0) {
                core.incrementProgress();
            }
            return Outcome.NEXT;
        };
    }

    private static InstructionUnit decrement(InstructionForm form) {
        OperandField entry = form.field("sharedEntry");
        OperandField progressIncrement = form.field("progressIncrement");
        return (core, instruction) -> {
            long word = instruction.word();
            core.environment.changeSharedSlot((int) entry.get(word), -1);
            if (progressIncrement.get(word) != 0) {
                core.incrementProgress();
            }
            return Outcome.NEXT;
        };
    }
}
