package org.panscope.core.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

class ConstantRegistersTest {
    private static final Set<Integer> MAKES_VALUES =
            Set.of(
                    Opcodes.MOVE48,
                    Opcodes.MOVE32,
                    Opcodes.ADD_IMMEDIATE32,
                    Opcodes.ADD_IMMEDIATE64,
                    Opcodes.COMPARE_SELECT32,
                    Opcodes.LOGIC_OP32,
                    Opcodes.ARITH_REG64,
                    Opcodes.NEXT_SB_ENTRY,
                    Opcodes.PROGRESS_LOAD);

    @Test
    void nothingIsKnownAtFirst() {
        assertEquals(OptionalInt.empty(), after(10).register(0));
        assertEquals(OptionalLong.empty(), after(10).pair(94));
    }

    @Test
    void movesAndArithmeticOnKnownValuesAreFollowed() {
        ConstantRegisters registers =
                after(
                        10,
                        "MOVE48 d2, #0xFFFFFFFFFFFF",
                        "ADD_IMMEDIATE64 d4, d2, #-1",
                        "MOVE32 r6, #0x7FFFFFFF",
                        "ADD_IMMEDIATE32 r7, r6, #1",
                        "UMIN32 r8, r6, r7");
        assertEquals(OptionalLong.of(0xffff_ffff_ffffL), registers.pair(2));
        assertEquals(OptionalLong.of(0xffff_ffff_fffeL), registers.pair(4));
        assertEquals(OptionalInt.of(Integer.MIN_VALUE), registers.register(7));
        assertEquals(OptionalInt.of(0x7fff_ffff), registers.register(8));
    }

    @Test
    void arithmeticOnUnknownValuesMakesTheResultUnknown() {
        ConstantRegisters registers =
                after(10, "MOVE48 d2, #0x10", "ADD_IMMEDIATE32 r2, r9, #1", "UMIN32 r3, r3, r9");
        assertEquals("{}", registers.toString());
    }

    @Test
    void halfAPairMakesNoPair() {
        assertEquals(OptionalLong.empty(), after(10, "MOVE32 r2, #0x10").pair(2));
        assertEquals(
                OptionalLong.of(0x5_0000_0010L),
                after(10, "MOVE32 r2, #0x10", "MOVE32 r3, #0x5").pair(2));
    }

    @Test
    void loadsAreForgotten() {
        ConstantRegisters registers =
                after(10, "MOVE48 d2, #0x10", "MOVE48 d4, #0x20", "LOAD_MULTIPLE r2:r4, [d90]");
        assertEquals("{r3=0x0, r5=0x0}", registers.toString());
    }

    @Test
    void valueWrittenWhileALoadIsPendingIsNotKnown() {
        String load = "LOAD_MULTIPLE r2, [d90]";
        assertEquals("{}", after(10, load, "MOVE32 r2, #0x1").toString());
        assertEquals("{r2=0x1}", after(10, load, "WAIT #1", "MOVE32 r2, #0x1").toString());
        assertEquals(
                "{}",
                after(10, "SET_SB_ENTRY #3, #1", load, "WAIT #1", "MOVE32 r2, #0x1").toString());
        assertEquals(
                "{r2=0x1}",
                after(10, "SET_SB_ENTRY #3, #1", load, "WAIT #2", "MOVE32 r2, #0x1").toString());
    }

    @Test
    void codeThatWasNotSeenMakesEverythingUnknown() {
        assertEquals("{}", after(10, "MOVE48 d2, #0x10", "CALL d2, r4").toString());
        ConstantRegisters registers = after(10, "MOVE48 d2, #0x10");
        registers.step(-1);
        assertEquals("{}", registers.toString());
    }

    @Test
    void joinedWaysKeepWhatTheyAgreeOn() {
        ConstantRegisters one = after(10, "MOVE48 d2, #0x10", "MOVE32 r4, #0x1");
        ConstantRegisters other =
                after(10, "MOVE48 d2, #0x10", "MOVE32 r4, #0x2", "MOVE32 r5, #0x3");
        assertTrue(one.join(other));
        assertEquals("{r2=0x10, r3=0x0}", one.toString());
        assertFalse(one.join(other));
    }

    @Test
    void laterArithmeticIsFollowed() {
        assertEquals(
                "{r2=0xf0, r3=0xf0, r4=0x1f0}",
                after(
                                11,
                                "MOVE32 r2, #0xF0",
                                "LOGIC_OP32.MOV_A r3, r2, r90.direct",
                                "MOVE32 r4, #0x8",
                                "LOGIC_OP32.OR r4, r2, r4.index")
                        .toString());
        assertEquals(
                "{r2=0x10, r3=0x1, r4=0x20, r5=0x2}",
                after(13, "MOVE48 d2, #0x100000010", "LSHIFT_IMM64 d4, d2, #1").toString());
        assertEquals("{}", after(11, "NEXT_SB_ENTRY.other.mask r2").toString());
    }

    @Test
    void registersThatDoNotExistStayUnknown() {
        ConstantRegisters registers = after(10, "MOVE48 d95, #0x10", "MOVE32 r200, #0x1");
        assertEquals("{r95=0x10}", registers.toString());
        assertEquals(OptionalLong.empty(), registers.pair(95));
        assertEquals(OptionalInt.empty(), registers.register(200));
    }

    /// Whatever the registers and memory held before: what is claimed to be known is what they hold
    /// then.
    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 13})
    void whatIsKnownHoldsWhateverWasThereBefore(int architecture) {
        Isa isa = Isa.of(architecture);
        SplittableRandom random = new SplittableRandom(architecture);
        int claims = 0;
        for (int round = 0; round < 2_000; round++) {
            ConstantRegisters claimed = new ConstantRegisters(isa);
            ConstantRegisters machine = new ConstantRegisters(isa);
            for (int r = 0; r < isa.registerCount(); r++) {
                machine.set(r, random.nextInt());
            }
            for (int i = 0; i < 30; i++) {
                long word = randomWord(isa, random);
                claimed.step(word);
                machine.step(word);
                for (RegisterRange written : InstructionUse.of(isa, word).writes()) {
                    for (int r = written.first(); r <= written.last(); r++) {
                        if (machine.register(r).isEmpty()) {
                            machine.set(r, random.nextInt());
                        }
                    }
                }
            }
            for (int r = 0; r < isa.registerCount(); r++) {
                if (claimed.register(r).isPresent()) {
                    claims++;
                    assertEquals(machine.register(r), claimed.register(r), "r" + r);
                }
            }
        }
        assertTrue(claims > 2_000, "claims=" + claims);
    }

    /// An instruction on few registers, without loads: what those bring is not the machine's to
    /// say.
    private static long randomWord(Isa isa, SplittableRandom random) {
        while (true) {
            List<InstructionForm> forms = isa.forms();
            InstructionForm form = forms.get(random.nextInt(forms.size()));
            if (MAKES_VALUES.contains(form.opcode())) {
                long word = form.emptyWord();
                for (OperandField field : form.fields()) {
                    long value = field.type().isRegister() ? random.nextInt(8) : random.nextLong();
                    boolean isSmall = field.name().equals("subOpcode") || random.nextBoolean();
                    word = field.replace(word, isSmall ? value & 7 : value);
                }
                return word;
            }
        }
    }

    private static ConstantRegisters after(int architecture, String... lines) {
        Isa isa = Isa.of(architecture);
        ConstantRegisters registers = new ConstantRegisters(isa);
        for (String line : lines) {
            registers.step(new Assembler(isa).word(line));
        }
        return registers;
    }
}
