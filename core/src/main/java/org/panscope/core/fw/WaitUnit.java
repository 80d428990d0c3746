package org.panscope.core.fw;

import org.panscope.core.fwif.FwBits;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Opcodes;

/// Scoreboard waits and progress counters.
final class WaitUnit implements InstructionUnit {
    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        return switch (instruction.opcode()) {
            case Opcodes.WAIT -> waitForSlots(core, instruction);
            case Opcodes.PROGRESS_WAIT -> waitForProgress(core, instruction);
            case Opcodes.PROGRESS_STORE -> {
                core.progress = core.pair(instruction.getInt("source"));
                core.environment.progressChanged();
                yield Outcome.NEXT;
            }
            case Opcodes.PROGRESS_LOAD -> {
                core.setPair(instruction.getInt("destination"), core.progress);
                yield Outcome.NEXT;
            }
            default -> setEntries(core, instruction);
        };
    }

    private static Outcome setEntries(StreamCore core, Instruction instruction) {
        int endpoint = instruction.getInt("endpointEntry");
        int other = instruction.getInt("otherEntry");
        if (Math.max(endpoint, other) >= core.scoreboard.slots()) {
            return core.fatal(ExceptionType.CS_INSTR_INVALID, instruction);
        }
        core.endpointSlot = endpoint;
        core.otherSlot = other;
        return Outcome.NEXT;
    }

    private static Outcome waitForSlots(StreamCore core, Instruction instruction) {
        int mask = instruction.getInt("waitMask");
        if ((core.scoreboard.busyMask() & mask) != 0) {
            Outcome blocked = core.block(FwBits.BLOCKED_REASON_SB_WAIT);
            core.wait.slotMask = mask;
            return blocked;
        }
        if (instruction.get("progressIncrement") != 0) {
            core.progress++;
            core.environment.progressChanged();
        }
        return Outcome.NEXT;
    }

    private static Outcome waitForProgress(StreamCore core, Instruction instruction) {
        long wanted = core.pair(instruction.getInt("source"));
        long reached = core.environment.progressOf(instruction.getInt("queue"));
        return Long.compareUnsigned(reached, wanted) >= 0
                ? Outcome.NEXT
                : core.block(FwBits.BLOCKED_REASON_PROGRESS_WAIT);
    }
}
