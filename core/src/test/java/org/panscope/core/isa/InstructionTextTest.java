package org.panscope.core.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.TreeSet;

class InstructionTextTest {
    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 13})
    void everyTextReadsAsMesaPrintsItAndBack(int architecture) {
        assertTexts(Isa.of(architecture), "texts-v" + architecture + ".txt");
    }

    /// The kernel's job and panvk's streams.
    @ParameterizedTest
    @ValueSource(strings = {"kernel-job", "init", "dispatch", "draw", "render-pass", "barrier"})
    void streamsReadAsMesaPrintsThemAndBack(String stream) {
        assertTexts(Isa.v10(), "stream-" + stream + ".txt");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 13})
    void everyInstructionHasAText(int architecture) {
        TreeSet<Integer> shown = new TreeSet<>();
        for (int table = 10; table <= architecture; table++) {
            for (IsaResources.Line line : IsaResources.texts("texts-v" + table + ".txt")) {
                shown.add((int) (line.word() >>> 56));
            }
        }
        for (InstructionForm form : Isa.of(architecture).forms()) {
            assertTrue(shown.contains(form.opcode()), form.mnemonic());
        }
    }

    private static void assertTexts(Isa isa, String name) {
        Disassembler disassembler = new Disassembler(isa);
        Assembler assembler = new Assembler(isa);
        for (IsaResources.Line line : IsaResources.texts(name)) {
            assertEquals(line.text(), disassembler.textOf(line.word()));
            assertEquals(line.text(), disassembler.annotatedTextOf(line.word()));
            assertTrue(isa.isTextLossless(line.word()), line.text());
            assertEquals(line.word(), assembler.word(line.text()), line.text());
        }
    }
}
