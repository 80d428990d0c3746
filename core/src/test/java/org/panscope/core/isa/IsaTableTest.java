package org.panscope.core.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.StringJoiner;

class IsaTableTest {
    /// One line an opcode: number, mnemonic, bit ranges, as in Mesa's field tables.
    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 13})
    void everyWordIsLaidOutAsInMesasFieldTables(int architecture) {
        StringJoiner layouts = new StringJoiner("\n");
        for (InstructionForm form : Isa.of(architecture).forms()) {
            StringJoiner layout = new StringJoiner(" ");
            layout.add(Integer.toString(form.opcode())).add(form.mnemonic());
            for (OperandField field : form.fields()) {
                layout.add(field.high() + ":" + field.low());
            }
            layouts.add(layout.toString());
        }
        assertEquals(
                String.join("\n", IsaResources.lines("layouts-v" + architecture + ".txt")),
                layouts.toString());
    }

    @Test
    void registersAndSlotsGrowWithTheArchitecture() {
        assertEquals(96, Isa.of(10).registerCount());
        assertEquals(96, Isa.of(11).registerCount());
        assertEquals(128, Isa.of(12).registerCount());
        assertEquals(128, Isa.of(13).registerCount());
        assertEquals(8, Isa.of(10).scoreboardSlots());
        assertEquals(16, Isa.of(11).scoreboardSlots());
    }

    @Test
    void unknownArchitectureIsRefusedByName() {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> Isa.of(14));
        assertEquals("architecture 14 is not known; there are 10 to 13", error.getMessage());
    }

    @Test
    void fieldsOfAWordMayNotOverlap() {
        IsaBuilder table =
                new IsaBuilder(10, 96, 8)
                        .row(
                                1,
                                "TWICE",
                                "TWICE {a}, {b}",
                                IsaV10.field("a", 15, 8, OperandField.Type.UNSIGNED),
                                IsaV10.field("b", 8, 0, OperandField.Type.UNSIGNED));
        assertThrows(IllegalArgumentException.class, table::build);
        assertThrows(
                IllegalArgumentException.class,
                () -> IsaV10.field("opcode", 56, 56, OperandField.Type.FLAG));
    }

    @Test
    void operandsTellWhatTheyMean() {
        assertEquals(
                "[signalSlot 51:48 1, address 47:40 d66, data 39:32 d70, waitMask 31:16 0x8,"
                        + " scope 2:1 csg, errorPropagate 0:0 yes]",
                operands(Isa.of(10), 0x3301_4246_0008_0005L));
        assertEquals(
                "[value 47:40 r66, condition 31:28 INVALID, offset 15:0 -1]",
                operands(Isa.of(11), 0x1600_4200_7000_ffffL));
        assertEquals("[]", operands(Isa.of(10), -1));
    }

    private static String operands(Isa isa, long word) {
        return isa.decode(word).operands().stream()
                .map(operand ->
                        operand.field().name()
                                + " "
                                + operand.field().high()
                                + ":"
                                + operand.field().low()
                                + " "
                                + operand.text())
                .toList()
                .toString();
    }
}
