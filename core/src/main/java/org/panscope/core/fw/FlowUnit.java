package org.panscope.core.fw;

import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Opcodes;

/// BRANCH, CALL and JUMP. There is no return instruction: the end of a buffer returns.
final class FlowUnit implements InstructionUnit {
    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        return instruction.opcode() == Opcodes.BRANCH
                ? branch(core, instruction)
                : enter(core, instruction);
    }

    private static Outcome branch(StreamCore core, Instruction instruction) {
        int value = core.register(instruction.getInt("value"));
        boolean taken =
                switch (instruction.getInt("condition")) {
                    case 0 -> value <= 0;
                    case 1 -> value > 0;
                    case 2 -> value == 0;
                    case 3 -> value != 0;
                    case 4 -> value < 0;
                    case 5 -> value >= 0;
                    default -> true;
                };
        if (instruction.getInt("condition") == 7) {
            return core.fatal(ExceptionType.CS_INSTR_INVALID, instruction);
        }
        if (!taken) {
            return Outcome.NEXT;
        }
        long target = core.ip + 8 + 8 * instruction.get("offset");
        if (Long.compareUnsigned(target, core.end) > 0 || target < core.start) {
            return core.fatal(ExceptionType.CS_INSTR_INVALID, instruction);
        }
        core.ip = target;
        return Outcome.JUMPED;
    }

    private static Outcome enter(StreamCore core, Instruction instruction) {
        long address = core.pair(instruction.getInt("address"));
        long length = core.register(instruction.getInt("length")) & 0xffff_ffffL;
        boolean isCall = instruction.opcode() == Opcodes.CALL;
        if (length % 8 != 0 || address % 8 != 0 || (!isCall && core.inRing())) {
            return core.fatal(ExceptionType.CS_INSTR_INVALID, instruction);
        }
        if (isCall) {
            if (core.calls.isFull()) {
                return core.fatal(ExceptionType.CS_CALL_STACK_OVERFLOW, instruction);
            }
            core.calls.push(core.ip + 8, core.start, core.end);
        }
        core.ip = address;
        core.start = address;
        core.end = address + length;
        return Outcome.JUMPED;
    }
}
