package org.panscope.core.kernel.sched;

import org.panscope.core.isa.ConstantRegisters;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Isa;
import org.panscope.core.isa.Opcodes;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The sync objects a user-submit queue would still have written: SYNC_SET and SYNC_ADD between
/// EXTRACT and INSERT whose operands the ring itself makes. Nothing like it is in the series; it is
/// what `fix.term_writes_sync` needs to know.
///
/// Simplified: called buffers are not looked into, and the ring's words from before EXTRACT are
/// taken to be executed once.
final class OwedSyncObjects {
    private static final int WORD = Long.BYTES;

    /// A write that will not come.
    ///
    /// @param va GPU address of the object
    /// @param is64 width of the object
    /// @param isAdd the operand is added; else it is the new value
    /// @param operand truncated to the width
    record Owed(long va, boolean is64, boolean isAdd, long operand) {}

    private final Isa isa;
    private final Queue queue;

    OwedSyncObjects(Isa isa, Queue queue) {
        this.isa = isa;
        this.queue = queue;
    }

    /// In the order of the ring.
    List<Owed> list() {
        List<Owed> owed = new ArrayList<>();
        ConstantRegisters registers = new ConstantRegisters(isa);
        long insert = queue.insert();
        long extract = queue.extract();
        long from = Math.max(0, insert - queue.ringBytes());
        for (long at = from; at < insert; at += WORD) {
            long word = queue.ring().buffer().read64(at & (queue.ringBytes() - 1));
            if (at >= extract) {
                collect(registers, isa.decode(word), owed);
            }
            registers.step(word);
        }
        return owed;
    }

    private static void collect(
            ConstantRegisters registers, Instruction instruction, List<Owed> owed) {
        if (!instruction.isDefined()) {
            return;
        }
        int opcode = instruction.opcode();
        boolean is64 = opcode == Opcodes.SYNC_ADD64 || opcode == Opcodes.SYNC_SET64;
        boolean is32 = opcode == Opcodes.SYNC_ADD32 || opcode == Opcodes.SYNC_SET32;
        if (!is64 && !is32) {
            return;
        }
        OptionalLong va = registers.pair(instruction.getInt("address"));
        OptionalLong operand = operand(registers, instruction.getInt("data"), is64);
        if (va.isPresent() && operand.isPresent()) {
            boolean isAdd = opcode == Opcodes.SYNC_ADD64 || opcode == Opcodes.SYNC_ADD32;
            owed.add(new Owed(va.getAsLong(), is64, isAdd, operand.getAsLong()));
        }
    }

    private static OptionalLong operand(ConstantRegisters registers, int data, boolean is64) {
        if (is64) {
            return registers.pair(data);
        }
        return registers.register(data).isPresent()
                ? OptionalLong.of(registers.register(data).getAsInt() & 0xffff_ffffL)
                : OptionalLong.empty();
    }
}
