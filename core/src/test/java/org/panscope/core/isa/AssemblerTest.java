package org.panscope.core.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

class AssemblerTest {
    private static final String KERNEL_JOB =
            """
            025e000000001234  MOVE32 r94, #0x1234
            24005e0000000233  FLUSH_CACHE2.clean_invalidate_l2.clean_invalidate_lsc.invalidate_other r94, #0, #0
            015c000000500000  MOVE48 d92, #0x500000
            025e000000000020  MOVE32 r94, #0x20
            0300000000010000  WAIT #1
            20005c5e00000000  CALL d92, r94
            015c000000400000  MOVE48 d92, #0x400000
            015e000000000001  MOVE48 d94, #0x1
            0300000000ff0000  WAIT #ff
            33005c5e00000001  SYNC_ADD64.error_propagate.system [d92], d94, #0, #0
            2f00000000000000  ERROR_BARRIER
            0000000000000000  NOP
            """;

    private static final String SAMPLES =
            """
            14425a0000010008  LOAD_MULTIPLE r66, [d90 + 8]
            14425a0000070000  LOAD_MULTIPLE r66:r67:r68, [d90]
            15445a000001fff8  STORE_MULTIPLE [d90 + -8], r68
            15005a0000000000  STORE_MULTIPLE [d90], _
            1600420030000003  BRANCH.ne r66, #3
            160000006000ffff  BRANCH.always r0, #-1
            10434200ffffffff  ADD_IMMEDIATE32 r67, r66, #-1
            1142420000000020  ADD_IMMEDIATE64 d66, d66, #32
            1242434400000000  UMIN32 r66, r68, r67
            1700000000000003  SET_SB_ENTRY #3, #0
            2200000000000001  REQ_RESOURCE.compute
            220000000000000f  REQ_RESOURCE.compute.fragment.tiler.idvs
            2200000000000000  REQ_RESOURCE
            0400000000000001  RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1
            0600004200040008  RUN_IDVS.varying_srt0.varying_fau0.varying_tsd0.frag_srt1.frag_tsd0 r0, #40008
            0700000000000000  RUN_FRAGMENT.tile_order=zorder
            0900000000000000  FINISH_TILING
            0b014c4e00080001  FINISH_FRAGMENT.frag_end d78, d76, #8, #1
            3301424600080005  SYNC_ADD64.error_propagate.csg [d66], d70, #8, #1
            34005c5e00000001  SYNC_SET64..error_propagate.system [d92], d94, #0, #0
            26005c5e00000000  SYNC_SET32.system [d92], r94, #0, #0
            2700424410000000  SYNC_WAIT32gt.inherit d66, r68
            3500424400000001  SYNC_WAIT64le.reject d66, d68
            2400420000000011  FLUSH_CACHE2.clean_l2.clean_lsc.nop_other r66, #0, #0
            3100000000000000  HEAP_OPERATION.vt_start #0, #0
            3101000100080000  HEAP_OPERATION.vt_end #8, #1
            3000420000000000  HEAP_SET d66
            28005c0100000010  STORE_STATE.CYCLE_COUNT d92, #16, #0, #0
            2900000000000002  PROT_REGION #16
            3200020400000000  TRACE_POINT r4:r5, #0, #0
            1900424400000002  SET_EXCEPTION_HANDLER d66, r68
            0001000000000041  NOP: t1, 0x41
            1800420000000003  UNKNOWN_24 0x420000000003
            ff00000000000001  UNKNOWN_255 0x1
            """;

    @Test
    void kernelJobReadsAsInTheReference() {
        assertTexts(KERNEL_JOB);
    }

    @Test
    void everyKindOfInstructionReadsAsInTheReference() {
        assertTexts(SAMPLES);
    }

    /// The words of panvk's initialisation, dispatch, draw, render pass and barrier streams.
    @Test
    void streamsOfPanvkReadAsInTheReference() throws IOException {
        try (InputStream in = AssemblerTest.class.getResourceAsStream("panvk-streams.txt")) {
            assertTexts(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void annotatedTextGivesEveryWordBack() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200_000; i++) {
            long word = random.nextLong();
            if (i % 2 == 0) {
                word = (word & (-1L >>> 8)) | ((long) random.nextInt(54) << 56);
            }
            String text = Disassembler.annotated(word);
            assertEquals(word, Assembler.assemble(text), text);
        }
    }

    @Test
    void everyFieldOfEveryInstructionIsDecodedWhereItWasPut() {
        SplittableRandom random = new SplittableRandom(2);
        for (InstructionForm form : Isa.v10().forms()) {
            for (OperandField field : form.fields()) {
                long raw = random.nextLong();
                long word = ((long) form.opcode() << 56) | field.put(raw);
                Instruction instruction = Isa.v10().decode(word);
                assertTrue(field.accepts(instruction.get(field.name())));
                assertEquals(field.put(raw), field.put(instruction.get(field.name())));
                assertEquals(0, instruction.reservedBits());
            }
        }
    }

    @Test
    void reservedBitsAreShown() {
        Instruction wait = Isa.v10().decode(0x0300_0000_00ff_0001L);
        assertEquals(1, wait.reservedBits());
        assertEquals("WAIT #ff // hidden 0x1", Disassembler.annotated(wait.word()));
    }

    @Test
    void errorNamesTheColumn() {
        AssemblyException error =
                assertThrows(
                        AssemblyException.class, () -> Assembler.assemble("MOVE32 r300, #0x1"));
        assertEquals(9, error.column());
        assertThrows(AssemblyException.class, () -> Assembler.assemble("MOVE48 d2, #1"));
        assertThrows(AssemblyException.class, () -> Assembler.assemble("NOP "));
        assertThrows(AssemblyException.class, () -> Assembler.assemble("UNKNOWN_1 0x0"));
        assertThrows(AssemblyException.class, () -> Assembler.assemble(""));
    }

    @Test
    void builderHelpersMakeTheKernelJob() {
        long[] job = {
            CsWords.move32(94, 0x1234),
            CsWords.flushCache2(94, 0, 0),
            CsWords.move48(92, 0x500000),
            CsWords.move32(94, 0x20),
            CsWords.waitSlots(1),
            CsWords.call(92, 94),
            CsWords.move48(92, 0x400000),
            CsWords.move48(94, 1),
            CsWords.waitSlots(0xff),
            CsWords.syncAdd64(92, 94, CsWords.SCOPE_SYSTEM, true),
            CsWords.errorBarrier(),
            CsWords.nop()
        };
        List<String> lines = KERNEL_JOB.lines().toList();
        for (int i = 0; i < job.length; i++) {
            assertEquals(
                    Long.parseUnsignedLong(lines.get(i).substring(0, 16), 16),
                    job[i],
                    lines.get(i));
        }
    }

    private static void assertTexts(String listing) {
        for (String line : listing.lines().toList()) {
            long word = Long.parseUnsignedLong(line.substring(0, 16), 16);
            String text = line.substring(18);
            assertEquals(text, Disassembler.text(word));
            assertEquals(word, Assembler.assemble(text), text);
            assertEquals(text, Disassembler.annotated(word));
        }
    }
}
