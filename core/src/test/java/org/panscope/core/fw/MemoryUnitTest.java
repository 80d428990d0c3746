package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.hw.CsParameters;

import java.util.List;

class MemoryUnitTest {
    private static final long CODE = TestStream.CODE;
    private static final long DATA = 0x9000;

    private final TestStream stream = new TestStream();

    @Test
    void loadIsPackedAndSkipsRegistersOfHoles() {
        stream.words(DATA, word(100, 101), word(102, 103));
        stream.set(2, (int) DATA);
        stream.set(35, -7);
        stream.run("LOAD_MULTIPLE r33:r34:r36:r37, [d2]").ended();
        assertEquals(
                List.of(100, 101, -7, 102, 103),
                List.of(33, 34, 35, 36, 37).stream().map(stream::register).toList());
    }

    @Test
    void storeIsPackedAndLeavesWhatFollowsAlone() {
        stream.words(DATA, -1, -1, -1);
        stream.set(2, (int) DATA);
        stream.set(33, 1);
        stream.set(34, 2);
        stream.set(36, 3);
        stream.run("STORE_MULTIPLE [d2 + 4], r33:r34:r36").ended();
        assertEquals(word(-1, 1), stream.memory(DATA));
        assertEquals(word(2, 3), stream.memory(DATA + 8));
        assertEquals(-1, stream.memory(DATA + 16));
    }

    @Test
    void addressPairMayBeAmongTheLoadedRegisters() {
        stream.words(DATA, 0x1234_5678_9abcL, 7);
        stream.set(2, (int) DATA);
        stream.run("LOAD_MULTIPLE r2:r3:r4, [d2]").ended();
        assertEquals(0x1234_5678_9abcL, stream.pair(2));
        assertEquals(7, stream.register(4));
    }

    @Test
    void offsetIsSigned() {
        stream.words(DATA, word(5, 6));
        stream.set(2, (int) DATA + 0x8000);
        stream.run("LOAD_MULTIPLE r4:r5, [d2 + -32768]").ended();
        assertEquals(6, stream.register(5));
    }

    @Test
    void emptyMaskDoesNothing() {
        stream.set(2, 1);
        stream.strict();
        stream.run("LOAD_MULTIPLE _, [d2]", "STORE_MULTIPLE [d2], _").ended();
    }

    @Test
    void sixteenRegistersCrossAPage() {
        stream.set(2, (int) DATA - 12);
        for (int i = 0; i < 16; i++) {
            stream.set(40 + i, i + 1);
        }
        String regs = "r40:r41:r42:r43:r44:r45:r46:r47:r48:r49:r50:r51:r52:r53:r54:r55";
        stream.run(
                        "STORE_MULTIPLE [d2], " + regs,
                        "WAIT #1",
                        "LOAD_MULTIPLE " + regs.replace("r4", "r6").replace("r5", "r7") + ", [d2]")
                .ended();
        assertEquals(word(2, 3), stream.memory(DATA - 8));
        assertEquals(word(4, 5), stream.memory(DATA));
        for (int i = 0; i < 16; i++) {
            assertEquals(i + 1, stream.register(60 + i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void misalignedAddressIsABusFault(int excess) {
        stream.set(2, (int) DATA + excess);
        stream.run("LOAD_MULTIPLE r4, [d2]").diedOf(ExceptionType.CS_BUS_FAULT, CODE);
        TestStream lenient = TestStream.with(CsParameters.MISALIGNED_ACCESS, 1);
        lenient.words(DATA, word(9, 8));
        lenient.set(2, (int) DATA + excess);
        lenient.run("LOAD_MULTIPLE r4, [d2]").ended();
        assertEquals(9, lenient.register(4));
    }

    @Test
    void faultingTransferMovesNothing() {
        stream.strict();
        stream.words(0xbff8, word(1, 2));
        stream.set(2, 0xbffc);
        stream.run("LOAD_MULTIPLE r4:r5, [d2]").diedOf(ExceptionType.CS_BUS_FAULT, CODE);
        assertEquals(0, stream.register(4));
    }

    @Test
    void transfersHoldTheOtherSlot() {
        stream.set(2, (int) DATA);
        stream.run(
                        "STORE_STATE.CYCLE_COUNT d2, #8, #0, #0",
                        "SET_SB_ENTRY #0, #5",
                        "LOAD_MULTIPLE r4, [d2]",
                        "WAIT #1",
                        "STORE_STATE.CYCLE_COUNT d2, #16, #0, #0",
                        "WAIT #20",
                        "STORE_STATE.CYCLE_COUNT d2, #24, #0, #0")
                .ended();
        assertEquals(80, stream.memory(DATA + 16) - stream.memory(DATA + 8));
        // The load began 40 ns after the first time stamp and takes 200.
        assertEquals(260, stream.memory(DATA + 24) - stream.memory(DATA + 8));
    }

    private static long word(int low, int high) {
        return (low & 0xffff_ffffL) | (long) high << 32;
    }
}
