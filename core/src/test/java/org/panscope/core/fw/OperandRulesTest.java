package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.hw.CsParameters;
import org.panscope.core.isa.Isa;

import java.util.stream.IntStream;

/// Which words are instructions at all, and moves between registers.
class OperandRulesTest {
    private static final long CODE = TestStream.CODE;

    private final TestStream stream = new TestStream();

    @Test
    void undefinedOpcodesAreInvalid() {
        for (int opcode :
                IntStream.range(0, 256).filter(n -> Isa.v10().form(n) == null).toArray()) {
            new TestStream().runWords((long) opcode << 56).invalidAt(CODE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MOVE32 r96, #0x1",
                "MOVE48 d95, #0x1",
                "ADD_IMMEDIATE32 r0, r255, #1",
                "ADD_IMMEDIATE64 d0, d95, #1",
                "LOAD_MULTIPLE r95:r96, [d0]",
                "STORE_MULTIPLE [d0], r100",
                "LOAD_MULTIPLE r96, [d95]",
                "CALL d0, r96",
                "SYNC_ADD64.system [d0], d95, #0, #0",
                "SYNC_WAIT32gt.inherit d0, r96",
                "FLUSH_CACHE2.nop_l2.nop_lsc.nop_other r96, #0, #0",
                "RUN_IDVS.draw_id_enable.varying_srt0.varying_fau0.varying_tsd0.frag_srt0.frag_tsd0"
                        + " r96, #0"
            })
    void registerThatDoesNotExistIsInvalid(String line) {
        stream.run("NOP", line).invalidAt(CODE + 8);
    }

    @Test
    void drawIdRegisterCountsOnlyWhenEnabled() {
        stream.run(
                        "RUN_IDVS.varying_srt0.varying_fau0.varying_tsd0.frag_srt0.frag_tsd0"
                                + " r96, #0")
                .ended();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET_SB_ENTRY #8, #0",
                "SET_SB_ENTRY #0, #8",
                "STORE_STATE.CYCLE_COUNT d2, #0, #1, #8"
            })
    void slotThatDoesNotExistIsInvalid(String line) {
        stream.run(line).invalidAt(CODE);
    }

    @Test
    void oddPairIsExecutedAsWrittenUnlessRefused() {
        stream.run("MOVE48 d3, #0x123456789ABC").ended();
        assertEquals(0x56789abc, stream.register(3));
        assertEquals(0x1234, stream.register(4));
        TestStream.with(CsParameters.ODD_PAIR, 1).run("MOVE48 d3, #0x1").invalidAt(CODE);
    }

    @ParameterizedTest
    @CsvSource({
        "10, HEAP_OPERATION, 0x3100_0002_0000_0000",
        "11, HEAP_OPERATION, 0x3100_0004_0000_0000",
        "10, RUN_COMPUTE axis, 0x0400_0000_0000_c001",
        "12, RUN_IDVS2 mode, 0x0c00_0010_0000_0000",
        "10, FLUSH_CACHE2 mode, 0x2400_0000_0000_0002",
        "11, STORE_STATE, 0x2800_0004_0000_0000",
        "11, NEXT_SB_ENTRY type, 0x1a00_0004_0000_0000",
        "11, SET_STATE_IMM32, 0x1c00_0003_0000_0000",
        "13, ARITH_IMM32, 0x1000_0008_0000_0000",
        "13, ARITH_REG64, 0x3900_0000_0700_0000",
    })
    void codeWithoutAMeaningIsInvalid(int architecture, String what, String word) {
        TestStream.on(architecture).runWords(Long.decode(word.replace("_", ""))).invalidAt(CODE);
    }

    @Test
    void reservedBitsAreIgnoredUnlessRefused() {
        long word = 0x0204_0001_0000_0007L;
        stream.runWords(word).ended();
        assertEquals(7, stream.register(4));
        TestStream.with(CsParameters.RESERVED_BITS, 1).runWords(word).invalidAt(CODE);
    }

    @Test
    void movesExtendWithZerosAndAdditionsWithTheSign() {
        stream.set64(2, -1);
        stream.set64(4, 5);
        stream.run(
                        "MOVE48 d2, #0xFFFFFFFFFFFF",
                        "ADD_IMMEDIATE64 d6, d4, #-6",
                        "ADD_IMMEDIATE32 r8, r4, #-6",
                        "ADD_IMMEDIATE64 d10, d2, #1",
                        "MOVE32 r12, #0xFFFFFFFF")
                .ended();
        assertEquals(0xffff_ffff_ffffL, stream.pair(2));
        assertEquals(-1, stream.pair(6));
        assertEquals(-1, stream.register(8));
        assertEquals(0, stream.register(9));
        assertEquals(0x1_0000_0000_0000L, stream.pair(10));
        assertEquals(-1, stream.register(12));
    }

    @Test
    void minimumIsUnsigned() {
        stream.set(4, -1);
        stream.set(5, 3);
        stream.run("UMIN32 r6, r4, r5", "UMIN32 r7, r5, r4", "UMIN32 r8, r4, r4").ended();
        assertEquals(3, stream.register(6));
        assertEquals(3, stream.register(7));
        assertEquals(-1, stream.register(8));
    }

    @Test
    void metadataIsNoInstruction() {
        stream.runWords(0, 0x0012_3456_789a_bcdeL, 0xffL).ended();
        assertEquals(3, stream.executed.size());
    }
}
