package org.panscope.core.user.program;

import org.panscope.core.isa.Assembler;
import org.panscope.core.isa.CsWords;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/// A v10 command stream while it is recorded, one word after the other.
final class StreamBuilder {
    private static final int ALWAYS = 6;
    private static final int NOT_EQUAL = 3;

    private final List<Long> words = new ArrayList<>();

    /// Adds an instruction as the disassembler prints it.
    StreamBuilder add(String line) {
        return add(Assembler.assemble(line));
    }

    StreamBuilder add(String... lines) {
        for (String line : lines) {
            add(line);
        }
        return this;
    }

    StreamBuilder add(long word) {
        words.add(word);
        return this;
    }

    StreamBuilder move48(int pair, long value) {
        return add(CsWords.move48(pair, value));
    }

    StreamBuilder move32(int register, long value) {
        return add(CsWords.move32(register, (int) value));
    }

    /// Does one of several things, by the value of a register: case `i` runs for the value `i`, and
    /// nothing for any other.
    ///
    /// @param scratch register that holds differences
    /// @param body adds the instructions of a case
    StreamBuilder choose(int register, int scratch, int cases, IntConsumer body) {
        List<List<Long>> bodies = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            int start = words.size();
            body.accept(i);
            List<Long> recorded = words.subList(start, words.size());
            bodies.add(List.copyOf(recorded));
            recorded.clear();
        }
        int rest = 0;
        List<Integer> behind = new ArrayList<>();
        for (int i = cases - 1; i >= 0; i--) {
            behind.addFirst(rest);
            rest += (i == 0 ? 1 : 2) + bodies.get(i).size() + (i == cases - 1 ? 0 : 1);
        }
        for (int i = 0; i < cases; i++) {
            boolean isLast = i == cases - 1;
            if (i > 0) {
                add("ADD_IMMEDIATE32 r%d, r%d, #-%d".formatted(scratch, register, i));
            }
            int tested = i > 0 ? scratch : register;
            int length = bodies.get(i).size();
            add(CsWords.branch(NOT_EQUAL, tested, length + (isLast ? 0 : 1)));
            words.addAll(bodies.get(i));
            if (!isLast) {
                add(CsWords.branch(ALWAYS, 0, behind.get(i)));
            }
        }
        return this;
    }

    long[] words() {
        return words.stream().mapToLong(Long::longValue).toArray();
    }
}
