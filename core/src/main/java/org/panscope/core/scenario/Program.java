package org.panscope.core.scenario;

import org.panscope.core.isa.Assembler;
import org.panscope.core.isa.AssemblyException;
import org.panscope.core.isa.Isa;
import org.panscope.core.scenario.Symbols.Lookup;
import org.panscope.core.scenario.Symbols.UnknownSymbol;

import java.util.ArrayList;
import java.util.List;

/// All code of a scenario as words of one architecture. Lines that name what only the running
/// kernel decides are tried beforehand, and assembled when their step is done.
final class Program {
    private final Assembler assembler;
    private final List<long[]> words = new ArrayList<>();

    /// Assembles.
    ///
    /// @param isa instruction set of the GPU that will execute it
    /// @throws ScenarioException naming the line that is no instruction of it
    Program(Scenario scenario, Isa isa) throws ScenarioException {
        assembler = new Assembler(isa);
        for (Code code : scenario.codes()) {
            long[] all = new long[code.wordCount()];
            List<Code.Line> lines = code.lines();
            for (int i = 0; i < lines.size(); i++) {
                all[i] = assemble(scenario, isa, lines.get(i));
            }
            words.add(all);
        }
    }

    private long assemble(Scenario scenario, Isa isa, Code.Line line) throws ScenarioException {
        try {
            return word(line.trial());
        } catch (AssemblyException e) {
            throw new ScenarioException(
                    scenario.source(),
                    line.place(),
                    "cannot assemble \""
                            + line.written().strip()
                            + "\" for "
                            + isa
                            + ": "
                            + e.getMessage());
        }
    }

    /// The words of a step's code.
    ///
    /// @param lookup what the late names stand for
    long[] words(Code code, Lookup lookup) throws UnknownSymbol, AssemblyException {
        long[] all = words.get(code.index()).clone();
        List<Code.Line> lines = code.lines();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isLate()) {
                all[i] = word(Symbols.replace(lines.get(i).text(), lookup));
            }
        }
        return all;
    }

    /// The word of one line without names: an instruction, or a number as it is.
    private long word(String text) throws AssemblyException {
        return text.matches("0x[0-9a-fA-F]{1,16}")
                ? Long.parseUnsignedLong(text.substring(2), 16)
                : assembler.word(text);
    }
}
