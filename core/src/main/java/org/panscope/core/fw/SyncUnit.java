package org.panscope.core.fw;

import org.panscope.core.hw.Access;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.mem.PhysicalMemory;

/// SYNC_ADD and SYNC_SET: at once with an empty wait mask, else when the mask has drained. The
/// status word gets the stream's error state or "no fault".
final class SyncUnit implements InstructionUnit {
    private static final int SCOPE_CSG = 2;

    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        long va = core.pair(instruction.getInt("address"));
        int register = instruction.getInt("data");
        long data = is64(instruction) ? core.pair(register) : core.register(register);
        int waitMask = instruction.getInt("waitMask");
        if (waitMask == 0) {
            return store(core, instruction, va, data) ? Outcome.NEXT : Outcome.STOPPED;
        }
        int slot = instruction.getInt("signalSlot");
        return core.issue(instruction, slot, waitMask, va, data, 0);
    }

    @Override
    public void perform(StreamCore core, Instruction instruction, AsyncOperation operation) {
        store(core, instruction, operation.address, operation.data);
    }

    private static boolean store(StreamCore core, Instruction instruction, long va, long data) {
        boolean is64 = is64(instruction);
        int sizeBytes = is64 ? 8 : 4;
        // The object is the value and its status word; both lie in one naturally aligned block.
        long physical = core.access(va, 2 * sizeBytes, Access.WRITE);
        if (physical < 0) {
            return false;
        }
        PhysicalMemory memory = core.environment.memory();
        boolean isAdd =
                instruction.opcode() == Opcodes.SYNC_ADD32
                        || instruction.opcode() == Opcodes.SYNC_ADD64;
        long old = is64 ? memory.read64(physical) : memory.read32(physical) & 0xffff_ffffL;
        long value = isAdd ? old + data : data;
        int oldError = memory.read32(physical + sizeBytes);
        int error = instruction.get("errorPropagate") != 0 && core.errorState != 0 ? 1 : 0;
        if (is64) {
            memory.write64(physical, value);
        } else {
            value &= 0xffff_ffffL;
            memory.write32(physical, (int) value);
        }
        memory.write32(physical + sizeBytes, error);
        core.environment.syncStored(
                new StreamEnvironment.SyncStore(
                        va,
                        physical,
                        sizeBytes,
                        old,
                        value,
                        oldError,
                        error,
                        instruction.getInt("scope") != SCOPE_CSG));
        return true;
    }

    private static boolean is64(Instruction instruction) {
        return instruction.opcode() == Opcodes.SYNC_ADD64
                || instruction.opcode() == Opcodes.SYNC_SET64;
    }
}
