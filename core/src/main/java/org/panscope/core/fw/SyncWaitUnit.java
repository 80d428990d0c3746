package org.panscope.core.fw;

import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Access;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Opcodes;

/// SYNC_WAIT: blocks until an unsigned comparison of the object holds.
final class SyncWaitUnit implements InstructionUnit {
    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        int condition = instruction.getInt("condition");
        if (condition > 1) {
            return core.fatal(ExceptionType.CS_INSTR_INVALID, instruction);
        }
        boolean is64 = instruction.opcode() == Opcodes.SYNC_WAIT64;
        int sizeBytes = is64 ? 8 : 4;
        long va = core.pair(instruction.getInt("address"));
        long physical = core.access(va, 2 * sizeBytes, Access.READ);
        if (physical < 0) {
            return Outcome.STOPPED;
        }
        int register = instruction.getInt("data");
        long reference = is64 ? core.pair(register) : core.register(register) & 0xffff_ffffL;
        long value =
                is64
                        ? core.environment.memory().read64(physical)
                        : core.environment.memory().read32(physical) & 0xffff_ffffL;
        boolean greater = condition == 1;
        boolean isGreater = Long.compareUnsigned(value, reference) > 0;
        boolean satisfied = isGreater == greater;
        core.environment.syncEvaluated(va, value, reference, greater, satisfied);
        if (!satisfied) {
            Outcome blocked = core.block(FwBits.BLOCKED_REASON_SYNC_WAIT);
            core.wait.va = va;
            core.wait.reference = reference;
            core.wait.greater = greater;
            core.wait.is64 = is64;
            return blocked;
        }
        int status = core.environment.memory().read32(physical + sizeBytes);
        if (status != 0 && instruction.get("errorReject") == 0) {
            core.errorState = ExceptionType.CS_INHERIT_FAULT;
            core.environment.fault(ExceptionType.CS_INHERIT_FAULT, 0, va);
        }
        return Outcome.NEXT;
    }
}
