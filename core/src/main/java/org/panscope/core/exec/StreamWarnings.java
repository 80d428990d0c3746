package org.panscope.core.exec;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.Disassembler;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.InstructionUse;
import org.panscope.core.isa.Isa;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.isa.RegisterRange;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What is suspicious about a stream that was executed, though the emulator took it well:
///
/// - LOAD_MULTIPLE and STORE_MULTIPLE end some time after the next instruction begins. Until a WAIT
///   for their slot, registers that are loaded must be neither read nor written, and registers that
///   are stored not written.
/// - Bits that belong to no field should be 0.
///
/// Each pair of instructions is told once, however often a loop executes it.
///
/// Mesa: src/panfrost/genxml/cs_builder.h: the checks of pending loads and stores
final class StreamWarnings {
    /// Most warnings that are kept.
    private static final int MOST = 100;

    /// Registers that the 8 bits of an operand and the 16 of a mask can name.
    private static final int REGISTERS = 256 + 16;

    private final Isa isa;
    private final Disassembler disassembler;
    private final @Nullable Transfer[] pending = new Transfer[REGISTERS];
    private final Set<String> lines = new TreeSet<>();
    private final List<String> inOrder = new ArrayList<>();
    private int pendingCount;
    private boolean isFull;

    /// A load or store that may not have ended.
    private record Transfer(long address, long word, int slot) {
        boolean isLoad() {
            return word >>> 56 == Opcodes.LOAD_MULTIPLE;
        }
    }

    StreamWarnings(Isa isa) {
        this.isa = isa;
        disassembler = new Disassembler(isa);
    }

    /// Looks at an instruction that is about to be executed.
    ///
    /// @param otherSlot slot that loads and stores hold now
    /// @param waitMask slots that an indirect WAIT waits for now
    void look(long address, long word, int otherSlot, int waitMask) {
        Instruction instruction = isa.decode(word);
        long reserved = instruction.reservedBits();
        if (reserved != 0) {
            warn(at(address, word) + " has reserved bits set: 0x" + Long.toHexString(reserved));
        }
        int opcode = instruction.opcode();
        boolean transfers = opcode == Opcodes.LOAD_MULTIPLE || opcode == Opcodes.STORE_MULTIPLE;
        if (pendingCount > 0) {
            InstructionUse use = InstructionUse.of(isa, word);
            use.reads().forEach(range -> touch(range, false, address, word));
            use.writes().forEach(range -> touch(range, true, address, word));
            if (opcode == Opcodes.WAIT) {
                end(use.scoreboard().waitMask().orElse(waitMask));
            }
        }
        if (transfers) {
            begin(instruction, new Transfer(address, word, otherSlot));
        }
    }

    /// What was noticed, a line each.
    List<String> lines() {
        List<String> all = new ArrayList<>(inOrder);
        if (isFull) {
            all.add("there are more warnings than these " + MOST);
        }
        return all;
    }

    private void touch(RegisterRange range, boolean writes, long address, long word) {
        for (int register = range.first(); register <= range.last(); register++) {
            Transfer transfer = pending[register];
            if (transfer == null || !(writes || transfer.isLoad())) {
                continue;
            }
            warn(
                    at(address, word)
                            + (writes ? " writes r" : " reads r")
                            + register
                            + (transfer.isLoad()
                                    ? " while it is loaded by "
                                    : " while it is stored by ")
                            + at(transfer.address(), transfer.word())
                            + ": WAIT for slot "
                            + transfer.slot()
                            + " is missing");
            return;
        }
    }

    private void begin(Instruction instruction, Transfer transfer) {
        int base = instruction.getInt("base");
        for (int left = instruction.getInt("mask"); left != 0; left &= left - 1) {
            int register = base + Integer.numberOfTrailingZeros(left);
            pendingCount += pending[register] == null ? 1 : 0;
            pending[register] = transfer;
        }
    }

    private void end(int slots) {
        for (int register = 0; register < pending.length; register++) {
            Transfer transfer = pending[register];
            if (transfer != null && (slots >> transfer.slot() & 1) != 0) {
                pending[register] = null;
                pendingCount--;
            }
        }
    }

    private void warn(String line) {
        if (lines.contains(line)) {
            return;
        }
        if (inOrder.size() == MOST) {
            isFull = true;
            return;
        }
        lines.add(line);
        inOrder.add(line);
    }

    private String at(long address, long word) {
        return "0x" + Long.toHexString(address) + " " + disassembler.textOf(word);
    }
}
