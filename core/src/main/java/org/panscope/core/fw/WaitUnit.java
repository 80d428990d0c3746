package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.isa.OperandField;

/// Scoreboard waits and progress counters.
final class WaitUnit {
    private WaitUnit() {}

    static InstructionUnit of(InstructionForm form) {
        return switch (form.opcode()) {
            case Opcodes.WAIT -> waitForSlots(form);
            case Opcodes.PROGRESS_WAIT -> waitForProgress(form);
            case Opcodes.PROGRESS_STORE -> storeProgress(form);
            case Opcodes.PROGRESS_LOAD -> loadProgress(form);
            default -> setEntries(form);
        };
    }

    private static InstructionUnit waitForSlots(InstructionForm form) {
        OperandField waitMask = form.field("waitMask");
        OperandField progressIncrement = form.field("progressIncrement");
        @Nullable OperandField mode = form.fieldOrNull("waitMode");
        return (core, instruction) -> {
            long word = instruction.word();
            boolean indirect = mode != null && mode.get(word) != 0;
            int mask = indirect ? core.waitMask : (int) waitMask.get(word);
            if ((core.scoreboard.busyMask() & mask) != 0) {
                return core.blockOnSlots(mask);
            }
            if (progressIncrement.get(word) != 0) {
                core.incrementProgress();
            }
            return Outcome.NEXT;
        };
    }

    private static InstructionUnit setEntries(InstructionForm form) {
        OperandField endpointEntry = form.field("endpointEntry");
        OperandField otherEntry = form.field("otherEntry");
        return (core, instruction) -> {
            long word = instruction.word();
            int endpoint = (int) endpointEntry.get(word);
            int other = (int) otherEntry.get(word);
            if (Math.max(endpoint, other) >= core.scoreboard.slots()) {
                return core.invalid(instruction);
            }
            core.endpointSlot = endpoint;
            core.otherSlot = other;
            return Outcome.NEXT;
        };
    }

    private static InstructionUnit waitForProgress(InstructionForm form) {
        OperandField source = form.field("source");
        OperandField queue = form.field("queue");
        return (core, instruction) -> {
            long word = instruction.word();
            long wanted = core.pair((int) source.get(word));
            long reached = core.environment.progressOf((int) queue.get(word));
            int order = Long.compareUnsigned(reached, wanted);
            // ASSUMPTION: cs.progress_wait_exceeds.
            return order > 0 || (order == 0 && !core.rules.progressWaitExceeds)
                    ? Outcome.NEXT
                    : core.block(FwBits.BLOCKED_REASON_PROGRESS_WAIT);
        };
    }

    private static InstructionUnit storeProgress(InstructionForm form) {
        OperandField source = form.field("source");
        return (core, instruction) -> {
            core.progress = core.pair((int) source.get(instruction.word()));
            core.environment.progressChanged();
            return Outcome.NEXT;
        };
    }

    private static InstructionUnit loadProgress(InstructionForm form) {
        OperandField destination = form.field("destination");
        return (core, instruction) -> {
            core.setPair((int) destination.get(instruction.word()), core.progress);
            return Outcome.NEXT;
        };
    }
}
