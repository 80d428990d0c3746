package org.panscope.core.isa;

import org.jspecify.annotations.Nullable;

import java.nio.LongBuffer;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The control flow inside one buffer of instructions: which words begin a block, and what is known
/// of the registers there, whichever way execution comes. Blocks are joined until nothing changes.
///
/// A buffer of very many blocks is not followed over its branches: less is known there, nothing
/// wrong.
final class BufferFlow {
    /// Blocks for which registers are kept; some hundred bytes each.
    private static final int MOST_BLOCKS = 5_000;

    private final Isa isa;
    private final LongBuffer words;
    private final BitSet leaders = new BitSet();
    private final TreeMap<Integer, ConstantRegisters> known = new TreeMap<>();

    /// @param entry what is known where execution enters the buffer
    BufferFlow(Isa isa, LongBuffer words, ConstantRegisters entry) {
        this.isa = isa;
        this.words = words;
        leaders.set(0);
        for (int i = 0; i < words.limit(); i++) {
            if (isBranch(words.get(i))) {
                leaders.set(i + 1);
                mark(i, offset(words.get(i)));
            }
        }
        if (leaders.cardinality() <= MOST_BLOCKS) {
            settle(entry);
        } else {
            known.put(0, entry.copy());
        }
    }

    private void mark(int branch, int offset) {
        long target = branch + 1L + offset;
        if (target >= 0 && target < words.limit()) {
            leaders.set((int) target);
        }
    }

    /// What is known before a word, when the word begins a block; null inside a block.
    @Nullable ConstantRegisters before(int index) {
        if (!leaders.get(index)) {
            return null;
        }
        ConstantRegisters registers = known.get(index);
        return registers == null ? new ConstantRegisters(isa) : registers.copy();
    }

    private void settle(ConstantRegisters entry) {
        TreeSet<Integer> open = new TreeSet<>();
        known.put(0, entry.copy());
        open.add(0);
        while (!open.isEmpty()) {
            int leader = open.removeFirst();
            ConstantRegisters registers = known.get(leader);
            if (leader < words.limit() && registers != null) {
                walk(leader, registers.copy(), open);
            }
        }
    }

    /// Executes a block and hands what is then known to those behind it.
    private void walk(int leader, ConstantRegisters registers, Set<Integer> open) {
        for (int i = leader; i < words.limit(); i++) {
            if (i != leader && leaders.get(i)) {
                reach(i, registers, open);
                return;
            }
            long word = words.get(i);
            Instruction instruction = isa.decode(word);
            if (!instruction.isDefined() || instruction.opcode() == Opcodes.JUMP) {
                return;
            }
            if (isBranch(word)) {
                long target = i + 1L + offset(word);
                if (target >= 0 && target < words.limit()) {
                    reach((int) target, registers, open);
                }
                if (instruction.getInt("condition") != InstructionUse.ALWAYS) {
                    reach(i + 1, registers, open);
                }
                return;
            }
            registers.step(word);
        }
    }

    private void reach(int leader, ConstantRegisters registers, Set<Integer> open) {
        ConstantRegisters there = known.get(leader);
        if (there == null) {
            known.put(leader, registers.copy());
            open.add(leader);
        } else if (there.join(registers)) {
            open.add(leader);
        }
    }

    private static boolean isBranch(long word) {
        return word >>> 56 == Opcodes.BRANCH;
    }

    /// In instructions, from the one behind the branch.
    static int offset(long word) {
        return (short) word;
    }
}
