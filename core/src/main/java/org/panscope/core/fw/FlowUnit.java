package org.panscope.core.fw;

import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.isa.OperandField;

/// BRANCH, CALL and JUMP. There is no return instruction: the end of a buffer returns.
final class FlowUnit {
    private static final int CONDITIONS = 7;

    private FlowUnit() {}

    static InstructionUnit branch(InstructionForm form) {
        OperandField value = form.field("value");
        OperandField condition = form.field("condition");
        OperandField offset = form.field("offset");
        return (core, instruction) -> {
            long word = instruction.word();
            int code = (int) condition.get(word);
            if (code >= CONDITIONS) {
                return core.reserved(instruction);
            }
            return holds(code, Integer.signum(core.register((int) value.get(word))))
                    ? goTo(core, instruction, core.ip + 8 + 8 * offset.get(word))
                    : Outcome.NEXT;
        };
    }

    /// Whether a comparison holds.
    ///
    /// @param condition le, gt, eq, ne, lt, ge, always
    /// @param order -1, 0 or 1 for less, equal, greater
    static boolean holds(int condition, int order) {
        return switch (condition) {
            case 0 -> order <= 0;
            case 1 -> order > 0;
            case 2 -> order == 0;
            case 3 -> order != 0;
            case 4 -> order < 0;
            case 5 -> order >= 0;
            default -> true;
        };
    }

    private static Outcome goTo(StreamCore core, Instruction instruction, long target) {
        boolean outside =
                Long.compareUnsigned(target, core.end) > 0
                        || Long.compareUnsigned(target, core.start) < 0;
        if (outside && !core.rules.branchOutsideReturns) {
            // ASSUMPTION: cs.branch_outside.
            return core.invalid(instruction);
        }
        core.ip = outside ? core.end : target;
        return Outcome.JUMPED;
    }

    static InstructionUnit enter(InstructionForm form) {
        OperandField address = form.field("address");
        OperandField length = form.field("length");
        boolean isJump = form.opcode() == Opcodes.JUMP;
        return (core, instruction) -> {
            long word = instruction.word();
            long target = core.pair((int) address.get(word));
            long bytes = core.register((int) length.get(word)) & 0xffff_ffffL;
            // ASSUMPTION: cs.jump_in_ring.
            boolean refusedJump = isJump && core.inRing() && !core.rules.jumpInRingCalls;
            // ASSUMPTION: cs.call_length.
            boolean misaligned = (target | bytes) % 8 != 0 && !core.rules.roundsCallLength;
            // ASSUMPTION: cs.empty_call.
            boolean refusedLength = bytes == 0 && core.rules.refusesEmptyCalls;
            if (refusedJump || misaligned || refusedLength) {
                return core.invalid(instruction);
            }
            boolean saves = !isJump || core.inRing();
            if (saves && core.calls.isFull()) {
                return core.fatal(ExceptionType.CS_CALL_STACK_OVERFLOW, instruction);
            }
            if (saves) {
                core.calls.push(core.ip + 8, core.start, core.end);
            }
            core.ip = target & -8;
            core.start = core.ip;
            core.end = core.ip + (bytes & -8);
            return Outcome.JUMPED;
        };
    }
}
