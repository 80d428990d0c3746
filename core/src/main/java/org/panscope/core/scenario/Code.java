package org.panscope.core.scenario;

import org.panscope.core.isa.Assembler;
import org.panscope.core.isa.AssemblyException;
import org.panscope.core.scenario.Symbols.Lookup;
import org.panscope.core.scenario.Symbols.UnknownSymbol;

import java.util.Map;
import java.util.TreeMap;

/// Instruction words of a step. Those whose text names what only the running kernel decides, as
/// where it puts a tiler heap, are assembled when the step is done.
final class Code {
    private final long[] words;
    private final Map<Integer, String> late = new TreeMap<>();

    /// @param count words, all 0 (NOP) at first
    Code(int count) {
        words = new long[count];
    }

    long sizeBytes() {
        return (long) words.length * Long.BYTES;
    }

    void put(int index, long word) {
        words[index] = word;
    }

    /// Leaves a word for later.
    ///
    /// @param text a line of assembly in which only late names are left
    void putLate(int index, String text) {
        late.put(index, text);
    }

    /// All words.
    ///
    /// @param lookup what the late names stand for
    long[] words(Lookup lookup) throws UnknownSymbol, AssemblyException {
        long[] all = words.clone();
        for (Map.Entry<Integer, String> word : late.entrySet()) {
            all[word.getKey()] = word(Symbols.replace(word.getValue(), lookup));
        }
        return all;
    }

    /// The word of one line without names: an instruction, or a number as it is.
    static long word(String text) throws AssemblyException {
        return text.matches("0x[0-9a-fA-F]{1,16}")
                ? Long.parseUnsignedLong(text.substring(2), 16)
                : Assembler.assemble(text);
    }
}
