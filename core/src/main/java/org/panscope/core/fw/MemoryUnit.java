package org.panscope.core.fw;

import org.panscope.core.hw.Access;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.mem.PhysicalMemory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// LOAD_MULTIPLE and STORE_MULTIPLE. Memory is packed: a hole in the mask skips a register, not a
/// word. The transfer happens at issue; the slot is held for a while longer, which correct programs
/// cannot tell apart.
final class MemoryUnit implements InstructionUnit {
    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        int base = instruction.getInt("base");
        int mask = instruction.getInt("mask");
        if (base + 32 - Integer.numberOfLeadingZeros(mask) > core.registerCount()) {
            return core.fatal(ExceptionType.CS_INSTR_INVALID, instruction);
        }
        long va = core.pair(instruction.getInt("address")) + instruction.get("offset");
        boolean load = instruction.opcode() == Opcodes.LOAD_MULTIPLE;
        PhysicalMemory memory = core.environment.memory();
        for (int left = mask; left != 0; left &= left - 1, va += 4) {
            int register = base + Integer.numberOfTrailingZeros(left);
            long physical = core.access(va, 4, load ? Access.READ : Access.WRITE);
            if (physical < 0) {
                return Outcome.STOPPED;
            }
            if (load) {
                core.setRegister(register, memory.read32(physical));
            } else {
                memory.write32(physical, core.register(register));
                core.environment.stored(physical, bytes(core.register(register)));
            }
        }
        if (mask == 0) {
            return Outcome.NEXT;
        }
        long durationNs = core.environment.parameters().get(GpuParameters.MEMORY_NS);
        return core.issue(instruction, core.otherSlot, 0, 0, 0, durationNs);
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }
}
