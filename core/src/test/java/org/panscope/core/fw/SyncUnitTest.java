package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.hw.CsParameters;
import org.panscope.core.isa.CsWords;

import java.util.List;

class SyncUnitTest {
    private static final long CODE = TestStream.CODE;
    private static final long OBJECT = 0x9000;
    private static final long BAD = 0x9100;

    private final TestStream stream = new TestStream();

    @Test
    void thirtyTwoBitObjectHasItsStatusBehindTheValue() {
        prepare(stream);
        stream.words(OBJECT, 0x7_ffff_fffeL, -1);
        stream.set(4, 3);
        stream.set(5, 77);
        stream.run("SYNC_ADD32.system [d2], r4, #0, #0").ended();
        assertEquals(1, stream.memory(OBJECT));
        assertEquals(-1, stream.memory(OBJECT + 8));
    }

    @Test
    void sixtyFourBitObjectHasItsStatusAtEight() {
        prepare(stream);
        stream.words(OBJECT, -2, 0x5_0000_0007L);
        stream.set(4, 3);
        stream.run("SYNC_ADD64.system [d2], d4, #0, #0").ended();
        assertEquals(1, stream.memory(OBJECT));
        assertEquals(0x5_0000_0000L, stream.memory(OBJECT + 8));
    }

    @Test
    void setReplacesTheValue() {
        prepare(stream);
        stream.set64(4, 0x1234_5678_9abcL);
        stream.run("SYNC_SET64..csg [d2], d4, #0, #0", "SYNC_SET32.csg [d6], r4, #0, #0").ended();
        assertEquals(0x1234_5678_9abcL, stream.memory(OBJECT));
        assertEquals(0x5678_9abcL, stream.memory(BAD) & 0xffff_ffffL);
    }

    @Test
    void negativeNumbersCanBeAdded() {
        stream.words(OBJECT, 10);
        prepare(stream);
        stream.set(4, -3);
        stream.run("SYNC_ADD32.system [d2], r4, #0, #0").ended();
        assertEquals(7, stream.memory32(OBJECT));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 5, true",
        "0, 5, 6, true",
        "0, 5, 4, false",
        "1, 5, 4, true",
        "1, 5, 5, false",
        "1, -1, 1, true",
        "0, -1, 1, false"
    })
    void waitsCompareUnsigned(int condition, long value, long reference, boolean holds) {
        for (boolean is64 : List.of(true, false)) {
            TestStream one = new TestStream();
            one.words(OBJECT, is64 ? value : value & 0xffff_ffffL, 0);
            one.set64(2, OBJECT);
            one.set64(4, reference);
            one.runWords(
                    is64
                            ? CsWords.syncWait64(2, 4, condition, false)
                            : CsWords.syncWait32(2, 4, condition, false));
            assertEquals(holds, one.reason().equals("end"), one.reason());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6, 7, 15})
    void otherConditionsAreInvalid(int condition) {
        prepare(stream);
        stream.runWords(CsWords.syncWait64(2, 4, condition, false)).invalidAt(CODE);
    }

    @Test
    void otherConditionsCanBeThoseOfBranch() {
        TestStream lenient = TestStream.with(CsParameters.RESERVED_SYNC_CONDITION, 1);
        prepare(lenient);
        lenient.words(OBJECT, 1);
        lenient.runWords(CsWords.syncWait64(2, 4, 2, false), CsWords.syncWait64(2, 4, 5, false))
                .ended();
        TestStream.with(CsParameters.RESERVED_SYNC_CONDITION, 1)
                .runWords(CsWords.syncWait64(2, 4, 7, false))
                .invalidAt(CODE);
    }

    @Test
    void inheritedErrorIsReportedPropagatedAndEndsAtTheBarrier() {
        withError(stream);
        stream.run(
                "SYNC_WAIT64gt.inherit d6, d8",
                "STORE_STATE.ERROR_STATE d10, #0, #0, #0",
                "SYNC_ADD64.error_propagate.system [d2], d4, #0, #0",
                "SYNC_ADD64.system [d2], d4, #0, #0",
                "SYNC_ADD64.error_propagate.system [d2], d4, #0, #0",
                "ERROR_BARRIER",
                "STORE_STATE.ERROR_STATE d10, #8, #0, #0");
        assertEquals(List.of("CS_INHERIT_FAULT (0x4b), info 0x9100, at 0x5000"), stream.faults());
        assertEquals(3, stream.memory(OBJECT));
        assertEquals(1, stream.memory32(OBJECT + 8));
        assertEquals(ExceptionType.CS_INHERIT_FAULT, stream.memory(0x9200));
        assertEquals(0, stream.memory(0x9208));
    }

    @Test
    void signalWithoutPropagationClearsTheStatus() {
        String[] lines = {"SYNC_WAIT64gt.inherit d6, d8", "SYNC_ADD64.system [d2], d4, #0, #0"};
        withError(stream);
        stream.words(OBJECT, 0, 1);
        stream.run(lines);
        assertEquals(0, stream.memory(OBJECT + 8));
        TestStream keeps = TestStream.with(CsParameters.SYNC_CLEARS_STATUS, 0);
        withError(keeps);
        keeps.words(OBJECT, 0, 1);
        keeps.run(lines);
        assertEquals(1, keeps.memory(OBJECT + 8));
    }

    @Test
    void rejectedErrorIsIgnored() {
        withError(stream);
        stream.run("SYNC_WAIT64gt.reject d6, d8", "STORE_STATE.ERROR_STATE d10, #0, #0, #0")
                .ended();
        assertEquals(0, stream.memory(0x9200));
        TestStream never = TestStream.with(CsParameters.INHERIT_IS_FAULT, 0);
        withError(never);
        never.run("SYNC_WAIT64gt.inherit d6, d8").ended();
    }

    @ParameterizedTest
    @CsvSource({"64, 8", "64, 4", "32, 4"})
    void objectMustBeNaturallyAligned(int width, int excess) {
        String line =
                width == 64
                        ? "SYNC_ADD64.system [d2], d4, #0, #0"
                        : "SYNC_ADD32.system [d2], r4, #0, #0";
        prepare(stream);
        stream.set64(2, OBJECT + excess);
        stream.run(line).diedOf(ExceptionType.CS_BUS_FAULT, CODE);
    }

    @Test
    void alignmentOfTheValueCanBeEnough() {
        TestStream lenient = TestStream.with(CsParameters.SYNC_OBJECT_ALIGNMENT, 0);
        prepare(lenient);
        lenient.set64(2, 0x9ff8);
        lenient.words(0xa000, 7);
        lenient.run("SYNC_ADD64.system [d2], d4, #0, #0").ended();
        assertEquals(1, lenient.memory(0x9ff8));
        assertEquals(0, lenient.memory(0xa000));
    }

    private static void prepare(TestStream stream) {
        stream.set64(2, OBJECT);
        stream.set64(4, 1);
        stream.set64(6, BAD);
    }

    private static void withError(TestStream stream) {
        prepare(stream);
        stream.words(BAD, 1, 1);
        stream.set64(10, 0x9200);
    }
}
