package org.panscope.core.state.view;

import org.panscope.core.isa.ConstantRegisters;
import org.panscope.core.isa.Isa;
import org.panscope.core.isa.Opcodes;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// What is known of the registers before each word of a buffer. Kept for every 64th word and worked
/// out from there, so that a full ring costs little.
///
/// Simplification: where a branch arrives, nothing is taken as known, whichever way execution came;
/// less is known there than could be, nothing wrong.
final class StreamFlow {
    private static final int STRIDE = 64;

    private final StreamWords words;
    private final BitSet targets = new BitSet();
    private final List<ConstantRegisters> kept = new ArrayList<>();
    private boolean hasBranch;

    /// @param entry what is known where execution enters
    StreamFlow(Isa isa, StreamWords words, ConstantRegisters entry) {
        this(isa, words, entry, 0);
    }

    /// @param breakAt word that does not follow the one before it
    StreamFlow(Isa isa, StreamWords words, ConstantRegisters entry, int breakAt) {
        this.words = words;
        if (breakAt > 0) {
            targets.set(breakAt);
        }
        for (int i = 0; i < words.size(); i++) {
            long word = words.wordOrUndefined(i);
            if (word >>> 56 == Opcodes.BRANCH) {
                hasBranch = true;
                int target = i + 1 + isa.decode(word).getInt("offset");
                if (target >= 0 && target < words.size()) {
                    targets.set(target);
                }
            }
        }
        ConstantRegisters registers = entry.copy();
        for (int i = 0; i < words.size(); i++) {
            if (i % STRIDE == 0) {
                kept.add(registers.copy());
            }
            step(registers, i);
        }
    }

    /// What is known before a word is executed.
    ConstantRegisters before(int index) {
        ConstantRegisters registers = kept.get(index / STRIDE).copy();
        for (int i = index - index % STRIDE; i < index; i++) {
            step(registers, i);
        }
        if (targets.get(index)) {
            registers.forgetAll();
        }
        return registers;
    }

    /// Whether words may be executed in another order than they stand.
    boolean hasBranch() {
        return hasBranch;
    }

    private void step(ConstantRegisters registers, int index) {
        if (targets.get(index)) {
            registers.forgetAll();
        }
        registers.step(words.wordOrUndefined(index));
    }
}
