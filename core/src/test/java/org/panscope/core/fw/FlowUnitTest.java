package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.core.hw.CsParameters;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.CsWords;

import java.util.Collections;
import java.util.List;

class FlowUnitTest {
    private static final long CODE = TestStream.CODE;
    private static final long A = 0x9000;
    private static final long B = 0xa000;

    private final TestStream stream = new TestStream();

    @Test
    void calledBufferRunsOneLevelDeeperAndReturns() {
        stream.text(A, "MOVE32 r6, #0x6");
        stream.set(2, (int) A);
        stream.set(4, 8);
        stream.run("CALL d2, r4", "MOVE32 r7, #0x7").ended();
        assertEquals(List.of(CODE, A, CODE + 8), stream.addresses());
        assertEquals(List.of(1, 2, 1), stream.depths());
        assertEquals(6, stream.register(6));
        assertEquals(7, stream.register(7));
    }

    @Test
    void ringIsLevelZero() {
        stream.text(A, "NOP");
        stream.set(2, (int) A);
        stream.set(4, 8);
        stream.asRing().run("CALL d2, r4").ended();
        assertEquals(List.of(0, 1), stream.depths());
    }

    @Test
    void callAsLastInstructionReturnsThroughAllFinishedBuffers() {
        stream.text(A, "NOP", "CALL d8, r4");
        stream.text(B, "NOP", "NOP");
        stream.set(2, (int) A);
        stream.set(8, (int) B);
        stream.set(4, 16);
        stream.run("CALL d2, r4", "MOVE32 r7, #0x7").ended();
        assertEquals(List.of(CODE, A, A + 8, B, B + 8, CODE + 8), stream.addresses());
        assertEquals(List.of(1, 2, 2, 3, 3, 1), stream.depths());
    }

    @Test
    void jumpReplacesTheBufferAndKeepsTheCaller() {
        stream.text(A, "JUMP d8, r4", "NOP");
        stream.text(B, "MOVE32 r6, #0x1", "MOVE32 r6, #0x2");
        stream.set(2, (int) A);
        stream.set(8, (int) B);
        stream.set(4, 16);
        stream.run("CALL d2, r4", "MOVE32 r7, #0x7").ended();
        assertEquals(List.of(CODE, A, B, B + 8, CODE + 8), stream.addresses());
        assertEquals(List.of(1, 2, 2, 2, 1), stream.depths());
    }

    @Test
    void jumpContinuesTheEntryBuffer() {
        stream.text(B, "MOVE32 r6, #0x1");
        stream.set(8, (int) B);
        stream.set(4, 8);
        stream.run("JUMP d8, r4", "MOVE32 r7, #0x7").ended();
        assertEquals(List.of(1, 1), stream.depths());
        assertEquals(0, stream.register(7));
    }

    @Test
    void jumpInTheRingIsInvalid() {
        stream.text(B, "NOP");
        stream.set(8, (int) B);
        stream.set(4, 8);
        stream.asRing().run("NOP", "JUMP d8, r4").invalidAt(CODE + 8);
    }

    @Test
    void jumpInTheRingCanBeTakenAsCall() {
        TestStream lenient = TestStream.with(CsParameters.JUMP_IN_RING, 1);
        lenient.text(B, "NOP");
        lenient.set(8, (int) B);
        lenient.set(4, 8);
        lenient.asRing().run("JUMP d8, r4", "NOP").ended();
        assertEquals(List.of(0, 1, 0), lenient.depths());
    }

    @ParameterizedTest
    @CsvSource({"true, 7", "false, 7"})
    void stackOverflowsBeyondSevenSavedFrames(boolean ring, int deepest) {
        stream.text(A, "CALL d2, r4");
        stream.set(2, (int) A);
        stream.set(4, 8);
        (ring ? stream.asRing() : stream).run("CALL d2, r4");
        stream.diedOf(ExceptionType.CS_CALL_STACK_OVERFLOW, A);
        assertEquals(deepest, (int) Collections.max(stream.depths()));
    }

    @Test
    void stackDepthIsAParameter() {
        TestStream flat = TestStream.with(GpuParameters.CALL_DEPTH, 2);
        flat.set(2, (int) A);
        flat.set(4, 8);
        flat.run("CALL d2, r4").diedOf(ExceptionType.CS_CALL_STACK_OVERFLOW, CODE);
    }

    @Test
    void emptyCallReturnsAtOnce() {
        stream.set(2, (int) A);
        stream.run("CALL d2, r4", "MOVE32 r7, #0x7").ended();
        assertEquals(List.of(CODE, CODE + 8), stream.addresses());
        TestStream strict = TestStream.with(CsParameters.EMPTY_CALL, 1);
        strict.run("CALL d2, r4").invalidAt(CODE);
    }

    @ParameterizedTest
    @CsvSource({"0x9000, 12", "0x9004, 8", "0x9000, 7"})
    void callOfPartOfAnInstructionIsInvalid(String address, int length) {
        stream.set(2, Integer.decode(address));
        stream.set(4, length);
        stream.run("CALL d2, r4").invalidAt(CODE);
    }

    @Test
    void callOfPartOfAnInstructionCanBeRoundedDown() {
        TestStream lenient = TestStream.with(CsParameters.CALL_LENGTH, 1);
        lenient.set(2, (int) A + 4);
        lenient.set(4, 15);
        lenient.run("CALL d2, r4", "NOP").ended();
        assertEquals(List.of(CODE, A, CODE + 8), lenient.addresses());
    }

    @ParameterizedTest
    @CsvSource({
        "0, -1 0",
        "1, 1",
        "2, 0",
        "3, -1 1",
        "4, -1",
        "5, 0 1",
        "6, -1 0 1",
    })
    void conditionsCompareSignedWithZero(int condition, String takenFor) {
        for (int value = -1; value <= 1; value++) {
            TestStream one = new TestStream();
            one.set(4, value);
            one.runWords(CsWords.branch(condition, 4, 1), CsWords.move32(5, 1)).ended();
            boolean taken = List.of(takenFor.split(" ")).contains(Integer.toString(value));
            assertEquals(taken ? 0 : 1, one.register(5), "value=" + value);
        }
    }

    @Test
    void reservedConditionIsInvalidOrDoesNothing() {
        stream.runWords(CsWords.branch(7, 4, 0)).invalidAt(CODE);
        TestStream lenient = TestStream.with(CsParameters.RESERVED_CODE, 1);
        lenient.runWords(CsWords.branch(7, 4, 1), CsWords.move32(5, 1)).ended();
        assertEquals(1, lenient.register(5));
    }

    @Test
    void branchToOnePastTheEndReturns() {
        stream.run("BRANCH.always r0, #1", "NOP").ended();
        assertEquals(List.of(CODE), stream.addresses());
    }

    @ParameterizedTest
    @CsvSource({"2", "32767", "-3", "-32768"})
    void branchOutOfTheBufferIsInvalid(int offset) {
        stream.run("NOP", "BRANCH.always r0, #" + offset, "NOP").invalidAt(CODE + 8);
    }

    @Test
    void branchOutOfTheBufferCanReturn() {
        TestStream lenient = TestStream.with(CsParameters.BRANCH_OUTSIDE, 1);
        lenient.run("BRANCH.always r0, #-2", "NOP").ended();
        assertEquals(List.of(CODE), lenient.addresses());
    }

    @Test
    void branchBackToTheFirstInstructionLoops() {
        stream.set(4, 3);
        stream.run("ADD_IMMEDIATE32 r4, r4, #-1", "BRANCH.gt r4, #-2").ended();
        assertEquals(6, stream.executed.size());
    }

    @Test
    void branchInACalledBufferStaysInIt() {
        stream.text(A, "BRANCH.always r0, #-2");
        stream.set(2, (int) A);
        stream.set(4, 8);
        stream.run("CALL d2, r4").invalidAt(A);
    }
}
