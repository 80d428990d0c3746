package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.hw.CsParameters;
import org.panscope.core.hw.GpuParameters;

/// What v11 to v13 add to v10.
class LaterArchitecturesTest {
    private static final long CODE = TestStream.CODE;
    private static final long SYNC = 0x9000;
    private static final String JOB = "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1";

    @ParameterizedTest
    @CsvSource({
        "CLEAR, 0x0",
        "AND, 0x8",
        "AND_A_NB, 0x4",
        "MOV_A, 0xc",
        "AND_NA_B, 0x2",
        "MOV_B, 0xa",
        "XOR, 0x6",
        "OR, 0xe",
        "NOR, 0x1",
        "XNOR, 0x9",
        "NOT_B, 0x5",
        "OR_A_NB, 0xd",
        "NOT_A, 0x3",
        "OR_NA_B, 0xb",
        "NAND, 0x7",
        "SET, 0xf"
    })
    void logicIsATruthTable(String mode, String low) {
        TestStream stream = TestStream.on(11);
        stream.set(4, 0b1100);
        stream.set(5, 0b1010);
        stream.run("LOGIC_OP32." + mode + " r6, r4, r5.direct").ended();
        assertEquals(Integer.decode(low), stream.register(6) & 0xf);
    }

    @Test
    void indexMakesABitOfTheSecondOperand() {
        TestStream stream = TestStream.on(11);
        stream.set(4, 1);
        stream.set(5, 35);
        stream.run("LOGIC_OP32.OR r6, r4, r5.index").ended();
        assertEquals(0b1001, stream.register(6));
    }

    @Test
    void nextEntryWalksTheStreamMask() {
        TestStream stream = TestStream.on(11);
        stream.run(
                        "SET_STATE_IMM32.sb_sel_endpoint #3",
                        "SET_STATE_IMM32.sb_mask_stream #176",
                        "NEXT_SB_ENTRY.endpoint.index r4",
                        "NEXT_SB_ENTRY.endpoint.mask r5",
                        "NEXT_SB_ENTRY.no_change.index r6",
                        "NEXT_SB_ENTRY.endpoint.index r7",
                        "NEXT_SB_ENTRY.endpoint.index r8",
                        "NEXT_SB_ENTRY.deferred.index r9")
                .ended();
        assertEquals(4, stream.register(4));
        assertEquals(1 << 5, stream.register(5));
        assertEquals(7, stream.register(6));
        assertEquals(7, stream.register(7));
        assertEquals(4, stream.register(8));
        assertEquals(4, stream.register(9));
    }

    @Test
    void indirectModesUseTheSelections() {
        TestStream stream = TestStream.on(11);
        prepare(stream);
        stream.run(
                        "SET_STATE_IMM32.sb_sel_endpoint #12",
                        "SET_STATE_IMM32.sb_sel_deferred #1",
                        "SET_STATE_IMM32.sb_mask_wait #4096",
                        JOB,
                        "SYNC_ADD64.system.defer_indirect [d2], d4, #0, #0",
                        "LOAD_MULTIPLE r6, [d2]",
                        "WAIT #2",
                        "LOAD_MULTIPLE r7, [d2]",
                        "STORE_STATE.CYCLE_COUNT.defer_immediate d2, #16, #0, #0")
                .ended();
        assertEquals(0, stream.register(6));
        assertEquals(1, stream.register(7));
    }

    @Test
    void indirectWaitUsesTheWaitMask() {
        TestStream stream = TestStream.on(11);
        prepare(stream);
        stream.runWords(
                        0x1c00_0000_0000_000fL,
                        0x1c00_0009_0000_8000L,
                        0x0400_0000_0000_0001L,
                        0x0300_0002_0000_0000L,
                        0x2800_0201_0000_0010L)
                .ended();
        assertEquals(true, stream.memory(SYNC + 16) > 50_000);
    }

    @Test
    void indirectMaskCanBeTheStreamMask() {
        TestStream stream =
                new TestStream(
                        CODE,
                        GpuParameters.defaults()
                                .with(GpuParameters.GPU_ID, 11L << 28)
                                .with(CsParameters.INDIRECT_MASK, 1));
        prepare(stream);
        stream.run(
                        "SET_STATE_IMM32.sb_sel_endpoint #12",
                        "SET_STATE_IMM32.sb_sel_deferred #1",
                        "SET_STATE_IMM32.sb_mask_stream #4096",
                        JOB,
                        "SYNC_ADD64.system.defer_indirect [d2], d4, #0, #0",
                        "LOAD_MULTIPLE r6, [d2]",
                        "SHARED_SB_INC.defer_indirect #0, #1",
                        "LOAD_MULTIPLE r7, [d2]")
                .ended();
        assertEquals(0, stream.register(6));
        assertEquals(1, stream.register(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET_STATE_IMM32.sb_sel_other #16", "SET_STATE.sb_sel_endpoint r4"})
    void selectedSlotMustExist(String line) {
        TestStream stream = TestStream.on(11);
        stream.set(4, -1);
        stream.run(line).invalidAt(CODE);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 7, 10, 255})
    void reservedSelectionIsInvalid(long state) {
        TestStream.on(11).runWords(0x1c00_0000_0000_0000L | state << 32).invalidAt(CODE);
    }

    @Test
    void sharedSlotsWaitForLocalOnes() {
        TestStream stream = TestStream.on(11);
        prepare(stream);
        stream.run(
                        "SET_STATE_IMM32.sb_sel_endpoint #12",
                        JOB,
                        "SHARED_SB_INC.defer_immediate #4096, #15",
                        "STORE_STATE.CYCLE_COUNT.defer_immediate d2, #16, #0, #0",
                        "SHARED_SB_DEC #15")
                .ended();
        assertEquals(true, stream.memory(SYNC + 16) > 50_000);
    }

    @Test
    void conditionHasFourBitsFromV11On() {
        TestStream.on(11).runWords(0x1600_0000_8000_0000L).invalidAt(CODE);
    }

    @Test
    void registerFileGrowsWithV12() {
        TestStream.on(11).run("MOVE32 r96, #0x1").invalidAt(CODE);
        TestStream stream = TestStream.on(12);
        stream.run("MOVE32 r127, #0x1").ended();
        assertEquals(1, stream.register(127));
        TestStream.on(12).run("MOVE48 d127, #0x1").invalidAt(CODE);
    }

    @Test
    void instructionsOfOtherArchitecturesAreInvalid() {
        new TestStream().runWords(0x1300_0000_0000_0000L).invalidAt(CODE);
        TestStream.on(11).runWords(0x0500_0000_0000_0000L).invalidAt(CODE);
        TestStream.on(12).runWords(0x0600_0000_0000_0000L).invalidAt(CODE);
        TestStream.on(12).runWords(0x3900_0000_0000_0000L).invalidAt(CODE);
    }

    @Test
    void drawsOfV12Run() {
        TestStream stream = TestStream.on(12);
        stream.set(33, 3);
        stream.set(34, 1);
        stream.run("RUN_IDVS2.early r0, #0", "FINISH_TILING", "WAIT #1").ended();
    }

    @ParameterizedTest
    @CsvSource({
        "'ADD_IMM32 r6, r4, #-1', 0x80000001, 0x80000000",
        "'LSHIFT_IMM32 r6, r4, #4', 0x80000001, 0x10",
        "'LSHIFT_IMM32 r6, r4, #33', 0x80000001, 0x2",
        "'RSHIFT_IMM_U32 r6, r4, #4', 0x80000010, 0x8000001",
        "'RSHIFT_IMM_S32 r6, r4, #4', 0x80000010, 0xf8000001",
        "'BFEXT_U32 r6, r4, #2052', 0x12345678, 0x67",
        "'BFEXT_S32 r6, r4, #1032', 0x12345678, 0x6",
        "'BFEXT_S32 r6, r4, #1028', 0x12345698, 0xfffffff9",
        "'BFINS_IMM32 r6, r4, #11208712', 0x12345678, 0x1234ab78",
        "'UMIN_IMM32 r6, r4, #-1', 0x12345678, 0x12345678",
        "'UMIN_IMM32 r6, r4, #5', 0xffffffff, 0x5",
    })
    void arithmeticWithAnImmediate(String line, String source, String result) {
        TestStream stream = TestStream.on(13);
        stream.set(4, Integer.parseUnsignedInt(source.substring(2), 16));
        stream.run(line).ended();
        assertEquals(result, "0x" + Integer.toHexString(stream.register(6)));
    }

    @ParameterizedTest
    @CsvSource({
        "'UMIN32 r6, r5, r4', 0x80000001, 0x2, 0x2",
        "'ADD32 r6, r5, r4', 0xffffffff, 0x2, 0x1",
        "'SUB32 r6, r5, r4', 0x1, 0x2, 0xffffffff",
        "'LSHIFT32 r6, r5, r4', 0x3, 0x22, 0xc",
        "'RSHIFT_U32 r6, r5, r4', 0x80000000, 0x1f, 0x1",
        "'RSHIFT_S32 r6, r5, r4', 0x80000000, 0x1f, 0xffffffff",
    })
    void arithmeticWithTwoRegisters(String line, String a, String b, String result) {
        TestStream stream = TestStream.on(13);
        stream.set(4, Integer.parseUnsignedInt(a.substring(2), 16));
        stream.set(5, Integer.parseUnsignedInt(b.substring(2), 16));
        stream.run(line).ended();
        assertEquals(result, "0x" + Integer.toHexString(stream.register(6)));
    }

    @Test
    void wideArithmeticWorksOnPairs() {
        TestStream stream = TestStream.on(13);
        stream.set64(4, 0x8000_0000_0000_0001L);
        stream.set64(6, 36);
        stream.runWords(
                        0x1108_0403_0000_0021L,
                        0x390a_0406_0400_0000L,
                        0x390c_0406_0600_2008L,
                        0x110e_0400_ffff_ffffL)
                .ended();
        assertEquals(0x8000_0000_0000_0001L >> 33, stream.pair(8));
        assertEquals(0x8000_0000_0000_0001L >>> 36, stream.pair(10));
        assertEquals(0x8000_0000_0000_2401L, stream.pair(12));
        assertEquals(0x8000_0000_0000_0000L, stream.pair(14));
    }

    @Test
    void subOpcodesPastTheEndAreInvalid() {
        TestStream.on(13).runWords(0x1000_0008_0000_0000L).invalidAt(CODE);
        TestStream.on(13).runWords(0x3900_0000_0700_0000L).invalidAt(CODE);
    }

    private static void prepare(TestStream stream) {
        stream.set64(2, SYNC);
        stream.set64(4, 1);
        stream.setJobSize();
    }
}
