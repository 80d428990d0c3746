package org.panscope.core.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class AssemblerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0300000100ff0001 | WAIT #ff // with progressIncrement=1, reserved=0x1",
                "0000000000000041 | NOP // with metadata=0x41",
                "1900424400000000 | SET_EXCEPTION_HANDLER d66, r68 // with exceptionType=0",
                "1442440000020000 | LOAD_MULTIPLE r67, [d68] // with base=66, mask=0x2",
                "34005c5e00000002 | SYNC_SET64..system [d92], d94, #0, #0 // with scope=1",
                "0700000000000040 | RUN_FRAGMENT.tile_order=unknown // with tileOrder=4",
            })
    void whatTheTextHidesIsNamed(String word, String text) {
        long expected = Long.parseUnsignedLong(word, 16);
        assertEquals(text, Disassembler.annotated(expected));
        assertEquals(expected, Assembler.assemble(text));
    }

    @Test
    void fieldsThatMesaDoesNotPrintAreNamed() {
        Disassembler v11 = new Disassembler(Isa.of(11));
        assertEquals(
                "HEAP_OPERATION.vt_end #8, #1 // with deferMode=1",
                v11.annotatedTextOf(0x3111_0001_0008_0000L));
        assertEquals(
                "RUN_FULLSCREEN r66, #0 // with tilerFlags2Enable=0",
                v11.annotatedTextOf(0x0800_4200_0000_0000L));
        assertEquals("WAIT #8 // with waitMode=1", v11.annotatedTextOf(0x0300_0002_0008_0000L));
        assertEquals(
                "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1, #0 // with stage=1",
                new Disassembler(Isa.of(12)).annotatedTextOf(0x0401_0000_0000_0001L));
        assertEquals(
                "BFINS32 r66, r68, r67 // with immediate=2056",
                new Disassembler(Isa.of(13)).annotatedTextOf(0x1242_4344_0600_0808L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MOVE d2, #0x10 | MOVE48 d2, #0x10",
                "PROGRESS_WAIT d66, #3 | UNKNOWN_24 0x420000000003",
                "PROGRESS_STORE d66 | UNKNOWN_42 0x420000000000",
                "PROGRESS_LOAD d66 | UNKNOWN_43 0x42000000000000",
                "SYNC_SET64.system [d92], d94, #0, #0 | SYNC_SET64..system [d92], d94, #0, #0",
                "SYNC_WAIT64.gt.inherit d66, d68 | SYNC_WAIT64gt.inherit d66, d68",
                "CALL d92, r94 // cs@500000 | CALL d92, r94",
                "FINISH_TILING // with progressIncrement=0 // cs@500000 | FINISH_TILING",
            })
    void otherSpellingsAreUnderstood(String other, String printed) {
        assertEquals(printed, Disassembler.text(Assembler.assemble(other)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1 | expected an instruction",
                "frob | 1 | expected an instruction",
                "FROB r1 | 1 | v10 has no instruction FROB",
                "MOVE32 r300, #0x1 | 9 | value does not fit destination (8 bits)",
                "MOVE48 d2, #1 | 10 | expected \", #0x\"",
                "MOVE48 d2, #0x | 15 | expected hexadecimal digits",
                "WAIT #1 1 | 8 | expected the end of the line",
                "UNKNOWN_1 0x0 | 10 | opcode 1 is MOVE48",
                "UNKNOWN_256 0x0 | 12 | an opcode is 0 to 255",
                "UNKNOWN_255 0x10000000000000000 | 15 | number too large",
                "WAIT #\u0663 | 7 | expected hexadecimal digits",
                "CALL d18446744073709551616, r1 | 7 | number too large",
                "CALL d18446744073709551615, r1 | 7 | value does not fit address (8 bits)",
                "UNKNOWN_255 0x100000000000000 | 30 | operands do not fit 56 bits",
                "BRANCH.xx r1, #0 | 8 | expected one of le gt eq ne lt ge always INVALID",
                "LOAD_MULTIPLE r3:r2, [d4] | 20 | registers must ascend within 16",
                "PROT_REGION #12 | 16 | not a multiple of 8",
                "WAIT #1 // with frob=1 | 17 | there is no field \"frob\"",
                "WAIT #1 // with reserved=0x10000 | 26 | some of these bits are not reserved",
                "WAIT #1 // with progressIncrement=2 | 35 | value does not fit progressIncrement (1"
                        + " bits)",
            })
    void errorsNameTheColumnAndWhatWasExpected(String line, int column, String message) {
        AssemblyException error =
                assertThrows(AssemblyException.class, () -> Assembler.assemble(line));
        assertEquals("column " + column + ": " + message + ": " + line, error.getMessage());
    }

    @Test
    void reservedBitsAreKept() {
        Instruction wait = Isa.v10().decode(0x0300_0000_00ff_0001L);
        assertEquals(1, wait.reservedBits());
        assertEquals(0, Isa.of(11).decode(0x0300_0002_ffff_0000L).reservedBits());
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
        List<IsaResources.Line> lines = IsaResources.texts("stream-kernel-job.txt");
        for (int i = 0; i < job.length; i++) {
            assertEquals(lines.get(i).word(), job[i], lines.get(i).text());
        }
    }
}
