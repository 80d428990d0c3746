package org.panscope.core.fw;

import org.panscope.core.hw.Access;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Opcodes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// STORE_STATE, ERROR_BARRIER and instructions without effect here: exception handlers are never
/// called since the tiler never runs out, and trace points have no instrumentation buffer.
final class StateUnit implements InstructionUnit {
    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        return switch (instruction.opcode()) {
            case Opcodes.STORE_STATE -> storeState(core, instruction);
            case Opcodes.ERROR_BARRIER -> {
                core.errorState = 0;
                yield Outcome.NEXT;
            }
            // ASSUMPTION: cs.prot_region: without protected mode support the instruction is
            // invalid.
            case Opcodes.PROT_REGION -> core.fatal(ExceptionType.CS_INSTR_INVALID, instruction);
            case Opcodes.TRACE_POINT -> tracePoint(core, instruction);
            default -> Outcome.NEXT;
        };
    }

    @Override
    public void perform(StreamCore core, Instruction instruction, AsyncOperation operation) {
        if (instruction.opcode() == Opcodes.STORE_STATE) {
            store(core, instruction, operation.address);
        }
    }

    private static Outcome storeState(StreamCore core, Instruction instruction) {
        long va = core.pair(instruction.getInt("address")) + instruction.get("offset");
        int waitMask = instruction.getInt("waitMask");
        if (waitMask == 0) {
            return store(core, instruction, va) ? Outcome.NEXT : Outcome.STOPPED;
        }
        return core.issue(instruction, instruction.getInt("signalSlot"), waitMask, va, 0, 0);
    }

    private static boolean store(StreamCore core, Instruction instruction, long va) {
        long physical = core.access(va, 8, Access.WRITE);
        if (physical < 0) {
            return false;
        }
        long value =
                switch (instruction.getInt("state")) {
                    case 0 -> core.environment.timestamp();
                    case 1 -> core.environment.cycleCount();
                    case 2 -> 0;
                    default -> core.errorState;
                };
        core.environment.memory().write64(physical, value);
        core.environment.stored(
                physical,
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
        return true;
    }

    private static Outcome tracePoint(StreamCore core, Instruction instruction) {
        int waitMask = instruction.getInt("waitMask");
        return waitMask == 0
                ? Outcome.NEXT
                : core.issue(instruction, instruction.getInt("signalSlot"), waitMask, 0, 0, 0);
    }
}
