package org.panscope.core.state.view;

import org.panscope.core.isa.ConstantRegisters;
import org.panscope.core.isa.Isa;
import org.panscope.core.isa.Opcodes;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// What is known of the registers before each word of a buffer. Worked out as far as somebody asks
/// and kept for every 64th word, so that a full ring costs little.
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
        kept.add(entry.copy());
    }

    /// What is known before a word is executed.
    ConstantRegisters before(int index) {
        ConstantRegisters registers = keptBefore(index).copy();
        for (int i = index - index % STRIDE; i < index; i++) {
            step(registers, i);
        }
        if (targets.get(index)) {
            registers.forgetAll();
        }
        return registers;
    }

    /// What is known before the kept word at or before an index; words are followed up to there the
    /// first time.
    private ConstantRegisters keptBefore(int index) {
        while (kept.size() <= index / STRIDE) {
            ConstantRegisters registers = kept.getLast().copy();
            int from = (kept.size() - 1) * STRIDE;
            for (int i = from; i < from + STRIDE; i++) {
                step(registers, i);
            }
            kept.add(registers);
        }
        return kept.get(index / STRIDE);
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
