package org.panscope.core.fw;

import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Access;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.isa.OperandField;
import org.panscope.core.mem.PhysicalMemory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// LOAD_MULTIPLE and STORE_MULTIPLE. Memory is packed: a hole in the mask skips a register, not a
/// word. The transfer happens at issue (ASSUMPTION: cs.transfer_at_issue); the slot is held for a
/// while longer. An access that faults moves nothing, so that it can be done again.
final class MemoryUnit implements InstructionUnit {
    private final boolean load;
    private final OperandField base;
    private final OperandField address;
    private final OperandField mask;
    private final OperandField offset;

    MemoryUnit(InstructionForm form) {
        load = form.opcode() == Opcodes.LOAD_MULTIPLE;
        base = form.field("base");
        address = form.field("address");
        mask = form.field("mask");
        offset = form.field("offset");
    }

    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        long word = instruction.word();
        int first = (int) base.get(word);
        int chosen = (int) mask.get(word);
        if (first + Integer.SIZE - Integer.numberOfLeadingZeros(chosen) > core.registerCount()) {
            return core.invalid(instruction);
        }
        if (chosen == 0) {
            return Outcome.NEXT;
        }
        if (core.scoreboard.isFull()) {
            return core.block(FwBits.BLOCKED_REASON_DEFERRED);
        }
        long va = core.align(core.pair((int) address.get(word)) + offset.get(word), Integer.BYTES);
        int words = Integer.bitCount(chosen);
        int beforeBoundary = (int) ((-va & PhysicalMemory.FRAME_BYTES - 1) / Integer.BYTES);
        int head = beforeBoundary == 0 ? words : Math.min(words, beforeBoundary);
        Access access = load ? Access.READ : Access.WRITE;
        long physical = core.access(va, Integer.BYTES, access);
        if (physical < 0) {
            return Outcome.STOPPED;
        }
        long second = 0;
        if (head < words) {
            second = core.access(va + (long) head * Integer.BYTES, Integer.BYTES, access);
            if (second < 0) {
                return Outcome.STOPPED;
            }
        }
        int left = transfer(core, first, chosen, physical, head);
        transfer(core, first, left, second, words - head);
        return core.issue(instruction, core.otherSlot, 0, 0, 0, core.rules.memoryNs);
    }

    /// Moves consecutive words of one page.
    ///
    /// @return the mask without the registers that took part
    private int transfer(StreamCore core, int first, int chosen, long physical, int words) {
        if (words == 0) {
            return chosen;
        }
        PhysicalMemory memory = core.environment.memory();
        ByteBuffer stored =
                load
                        ? ByteBuffer.allocate(0)
                        : ByteBuffer.allocate(words * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int left = chosen;
        for (int i = 0; i < words; i++, left &= left - 1) {
            int register = first + Integer.numberOfTrailingZeros(left);
            if (load) {
                core.setRegister(register, memory.read32(physical + (long) i * Integer.BYTES));
            } else {
                stored.putInt(core.register(register));
            }
        }
        if (!load) {
            memory.write(physical, stored.array(), 0, stored.capacity());
            core.environment.stored(physical, stored.array());
        }
        return left;
    }
}
