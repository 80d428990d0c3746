package org.panscope.core.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.core.isa.InstructionUse.Blocking;
import org.panscope.core.isa.InstructionUse.Flow;
import org.panscope.core.isa.InstructionUse.Timing;

import java.util.OptionalInt;

class InstructionUseTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 | MOVE48 d90, #0x1 | [] | [r90..r91]",
                "10 | MOVE32 r90, #0x1 | [] | [r90]",
                "10 | ADD_IMMEDIATE64 d66, d70, #1 | [r70..r71] | [r66..r67]",
                "10 | UMIN32 r66, r68, r70 | [r68, r70] | [r66]",
                "10 | LOAD_MULTIPLE r33:r34:r36:r37, [d90] | [r90..r91] | [r33..r34, r36..r37]",
                "10 | LOAD_MULTIPLE _, [d90] | [r90..r91] | []",
                "10 | STORE_MULTIPLE [d90 + 8], r68 | [r68, r90..r91] | []",
                "10 | BRANCH.ne r66, #3 | [r66] | []",
                "10 | BRANCH.always r66, #3 | [] | []",
                "10 | CALL d92, r94 | [r92..r94] | []",
                "10 | SYNC_ADD64.system [d92], d94, #0, #0 | [r92..r95] | []",
                "10 | SYNC_ADD32.system [d92], r94, #0, #0 | [r92..r94] | []",
                "10 | SYNC_WAIT64gt.inherit d66, d70 | [r66..r67, r70..r71] | []",
                "10 | FINISH_FRAGMENT d78, d76, #0, #0 | [r76..r79] | []",
                "10 | TRACE_POINT r4:r6, #0, #0 | [r4..r6] | []",
                "10 | PROGRESS_LOAD d66 | [] | [r66..r67]",
                "10 | PROGRESS_STORE d66 | [r66..r67] | []",
                "10 | RUN_COMPUTE.x_axis.srt1.spd2.tsd3.fau0 #1 | [r2..r3, r8..r9, r20..r21,"
                        + " r30..r39] | []",
                "11 | RUN_COMPUTE_INDIRECT.srt0.spd0.tsd0.fau0 #1 | [r0..r1, r8..r9, r16..r17,"
                        + " r24..r25, r32..r39, r62..r63] | []",
                "10 | RUN_FRAGMENT.tile_order=zorder | [r40..r43] | []",
                "10 | RUN_FRAGMENT.tile_enable_map_enable.tile_order=zorder | [r40..r46] | []",
                "11 | RUN_FRAGMENT.tile_order=zorder | [r40..r43, r62..r63] | []",
                "10 | RUN_FULLSCREEN r66, #0 | [r40..r43, r56, r66..r67] | []",
                "11 | RUN_FULLSCREEN r66, #0 | [r40..r43, r56, r61..r63, r66..r67] | []",
                "13 | RUN_FULLSCREEN r66, #0 | [r40..r43, r56..r59, r61..r63, r66..r67] | []",
                "10 | FINISH_TILING | [] | []",
                "11 | LOGIC_OP32.MOV_A r66, r68, r70.direct | [r68] | [r66]",
                "11 | LOGIC_OP32.NOT_B r66, r68, r70.direct | [r70] | [r66]",
                "11 | LOGIC_OP32.XOR r66, r68, r70.direct | [r68, r70] | [r66]",
                "11 | LOGIC_OP32.SET r66, r68, r70.direct | [] | [r66]",
                "11 | NEXT_SB_ENTRY.other.index r66 | [] | [r66]",
                "11 | SET_STATE.sb_mask_wait r66 | [r66] | []",
                "13 | SUB64 d66, d68, d70 | [r68..r71] | [r66..r67]",
                "13 | BFEXT_U32 r66, r68, #2056 | [r68] | [r66]",
            })
    void registersAreThoseOfTheReference(
            int architecture, String text, String reads, String writes) {
        InstructionUse use = use(architecture, text);
        assertEquals(reads, use.reads().toString());
        assertEquals(writes, use.writes().toString());
        assertEquals("[]", use.mayRead().toString());
    }

    @Test
    void drawReadsWhatItsFlagsAskFor() {
        String draw = "RUN_IDVS.varying_srt1.varying_fau0.varying_tsd0.frag_srt1.frag_tsd0 r70, #";
        InstructionUse plain = use(10, draw + "0");
        assertEquals(
                "[r0..r1, r4..r5, r8..r9, r12..r13, r16..r17, r20..r21, r24..r25, r32..r34,"
                        + " r36..r38, r40..r47, r50..r53, r56..r58, r60]",
                plain.reads().toString());
        assertEquals(
                "[r2..r3, r18..r19, r35, r39, r48, r54..r55, r61]", plain.mayRead().toString());
        InstructionUse shaded = use(10, draw + "40100");
        assertEquals("[r61]", shaded.mayRead().toString());
        InstructionUse withId = use(10, draw.replace("RUN_IDVS", "RUN_IDVS.draw_id_enable") + "0");
        assertEquals(new RegisterRange(70, 1), withId.reads().getLast());
        assertTrue(use(11, draw + "0").reads().contains(new RegisterRange(60, 4)));
    }

    @Test
    void drawOfV12ReadsItsOwnRegisters() {
        InstructionUse use = use(12, "RUN_IDVS2.early r0, #0");
        assertEquals(
                "[r0..r3, r8..r11, r16..r19, r24..r27, r32..r34, r36..r37, r40..r47, r51..r65]",
                use.reads().toString());
        assertEquals("[r35, r48..r50]", use.mayRead().toString());
        assertEquals(InstructionUse.IDVS, use.neededResources());
    }

    @Test
    void scoreboardTellsWhoHoldsWhichSlot() {
        assertScoreboard(10, "WAIT #81", 0x81, ScoreboardUse.Signal.NONE, Timing.SYNCHRONOUS);
        assertScoreboard(
                10, "LOAD_MULTIPLE r1, [d2]", 0, ScoreboardUse.Signal.OTHER, Timing.ASYNCHRONOUS);
        assertScoreboard(
                10, "FINISH_TILING", 0, ScoreboardUse.Signal.ENDPOINT, Timing.ASYNCHRONOUS);
        assertScoreboard(
                10,
                "SYNC_ADD64.csg [d66], d70, #0, #3",
                0,
                ScoreboardUse.Signal.NONE,
                Timing.SYNCHRONOUS);
        assertScoreboard(
                10,
                "SYNC_ADD64.csg [d66], d70, #8, #3",
                8,
                ScoreboardUse.Signal.EXPLICIT,
                Timing.DEFERRED);
        assertScoreboard(
                10,
                "FLUSH_CACHE2.clean_l2.clean_lsc.nop_other r66, #0, #3",
                0,
                ScoreboardUse.Signal.EXPLICIT,
                Timing.ASYNCHRONOUS);
        assertScoreboard(10, "HEAP_SET d66", 0, ScoreboardUse.Signal.NONE, Timing.SYNCHRONOUS);
        assertEquals(
                OptionalInt.of(3),
                use(10, "HEAP_OPERATION.vt_end #8, #3").scoreboard().signalSlot());
    }

    @Test
    void indirectlyChosenMasksAndSlotsAreNotKnown() {
        ScoreboardUse deferred =
                use(11, "SYNC_ADD64.csg.defer_indirect [d66], d70, #8, #1").scoreboard();
        assertEquals(ScoreboardUse.Signal.DEFERRED, deferred.signal());
        assertEquals(OptionalInt.empty(), deferred.waitMask());
        assertEquals(OptionalInt.empty(), deferred.signalSlot());
        assertEquals(
                OptionalInt.empty(), use(11, "WAIT #8 // with waitMode=1").scoreboard().waitMask());
        assertEquals(
                OptionalInt.of(255),
                use(11, "SHARED_SB_INC.defer_immediate #255, #2").scoreboard().waitMask());
    }

    @Test
    void operationThatWaitsForItsOwnSlotIsFound() {
        assertTrue(use(10, "HEAP_OPERATION.vt_end #8, #3").scoreboard().waitsForItself());
        assertFalse(use(10, "HEAP_OPERATION.vt_end #8, #1").scoreboard().waitsForItself());
        assertFalse(use(10, "HEAP_OPERATION.vt_end #0, #1").scoreboard().waitsForItself());
    }

    @Test
    void memoryOperandsHaveAddressSizeAndPurpose() {
        assertEquals(
                new MemoryOperand(90, -8, 16, MemoryOperand.Access.LOAD, 32),
                use(10, "LOAD_MULTIPLE r33:r34:r36:r37, [d90 + -8]").memory());
        assertEquals(
                new MemoryOperand(90, 8, 4, MemoryOperand.Access.STORE, 32),
                use(10, "STORE_MULTIPLE [d90 + 8], r68").memory());
        assertEquals(
                new MemoryOperand(66, 0, 8, MemoryOperand.Access.SYNC_WAIT, 32),
                use(10, "SYNC_WAIT32gt.inherit d66, r68").memory());
        assertEquals(
                new MemoryOperand(66, 0, 16, MemoryOperand.Access.SYNC_ADD, 64),
                use(10, "SYNC_ADD64.csg [d66], d68, #0, #0").memory());
        assertEquals(
                new MemoryOperand(92, 16, 8, MemoryOperand.Access.STORE_STATE, 64),
                use(10, "STORE_STATE.CYCLE_COUNT d92, #16, #0, #0").memory());
        assertNull(use(10, "STORE_MULTIPLE [d90], _").memory());
        assertNull(use(10, "CALL d90, r92").memory());
    }

    @Test
    void flowAndBlockingAreTold() {
        assertEquals(Flow.BRANCH, use(10, "BRANCH.le r1, #0").flow());
        assertEquals(Flow.CALL, use(10, "CALL d2, r4").flow());
        assertEquals(Flow.JUMP, use(10, "JUMP d2, r4").flow());
        assertEquals(Flow.NEXT, use(10, "NOP").flow());
        assertEquals(Blocking.SCOREBOARD, use(10, "WAIT #1").blocking());
        assertEquals(Blocking.SYNC_OBJECT, use(10, "SYNC_WAIT32gt.inherit d66, r68").blocking());
        assertEquals(Blocking.RESOURCE, use(10, "FINISH_TILING").blocking());
        assertEquals(OptionalInt.of(9), use(10, "REQ_RESOURCE.compute.idvs").requestedResources());
        assertEquals(
                OptionalInt.of(InstructionUse.RAY_TRACING),
                use(11, "REQ_RESOURCE // with rayTracing=1").requestedResources());
        assertEquals(OptionalInt.empty(), use(10, "FINISH_TILING").requestedResources());
    }

    @Test
    void undefinedOpcodeClaimsNothing() {
        InstructionUse use = InstructionUse.of(Isa.of(10), -1);
        assertEquals(Flow.INVALID, use.flow());
        assertEquals("[]", use.reads().toString());
        assertEquals("[]", use.writes().toString());
        assertNull(use.memory());
        assertEquals(Timing.SYNCHRONOUS, use.timing());
    }

    @Test
    void operandsOutsideTheMachineAreSeen() {
        assertTrue(use(10, "MOVE48 d94, #0x0").fitsRegisterFile(96));
        assertFalse(use(10, "MOVE48 d95, #0x0").fitsRegisterFile(96));
        assertEquals(
                "destination", use(10, "MOVE48 d95, #0x0").oddPairs().getFirst().field().name());
        assertEquals("[]", use(10, "MOVE32 r95, #0x0").oddPairs().toString());
        assertEquals(1, use(10, "WAIT #1 // with reserved=0x1").reservedBits());
    }

    private static InstructionUse use(int architecture, String text) {
        Isa isa = Isa.of(architecture);
        return InstructionUse.of(isa, new Assembler(isa).word(text));
    }

    private static void assertScoreboard(
            int architecture, String text, int mask, ScoreboardUse.Signal signal, Timing timing) {
        InstructionUse use = use(architecture, text);
        assertEquals(OptionalInt.of(mask), use.scoreboard().waitMask(), text);
        assertEquals(signal, use.scoreboard().signal(), text);
        assertEquals(timing, use.timing(), text);
    }
}
