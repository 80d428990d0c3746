package org.panscope.core.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.OptionalLong;

class ArithmeticTest {
    /// Sub-opcode, width, source, immediate, result; all hexadecimal but the width.
    @ParameterizedTest
    @CsvSource({
        "0, 32, ffffffff, 1, 0",
        "0, 64, ffffffff, 1, 100000000",
        "0, 64, 0, ffffffff, ffffffffffffffff",
        "1, 32, 80000001, 1, 2",
        "1, 64, 80000001, 1, 100000002",
        "1, 32, 1, 21, 2",
        "2, 32, 80000000, 1f, 1",
        "2, 64, 8000000000000000, 3f, 1",
        "3, 32, 80000000, 4, f8000000",
        "3, 64, 8000000000000000, 4, f800000000000000",
        "4, 32, 12345678, 808, 56",
        "4, 64, 123456789abcdef0, 1010, 9abc",
        "5, 32, 8000, 808, ffffff80",
        "5, 64, 8000, 808, ffffffffffffff80",
        "5, 32, 4000, 808, 40",
        "6, 32, ffffffff, 120808, ffff12ff",
        "6, 64, ffffffffffffffff, 120808, ffffffffffff12ff",
        "7, 32, 5, fffffffe, 5",
        "7, 64, 500000000, fffffffe, fffffffe",
        "5, 32, 1, 8, none",
        "5, 32, 1, 2001, none",
        "6, 32, 1, 2001, none",
        "8, 32, 1, 1, none"
    })
    void immediateFormsComputeWhatTheReferenceSays(
            int sub, int width, String source, String immediate, String result) {
        assertResult(
                result,
                Arithmetic.immediate(
                        sub,
                        width == 64,
                        Long.parseUnsignedLong(source, 16),
                        Integer.parseUnsignedInt(immediate, 16)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 32, 80000000, 1, 0, 1",
        "1, 32, ffffffff, 2, 0, 1",
        "1, 64, ffffffff, 2, 0, 100000001",
        "2, 32, 1, 2, 0, ffffffff",
        "2, 64, 1, 2, 0, ffffffffffffffff",
        "3, 32, 1, 1f, 0, 80000000",
        "4, 64, 8000000000000000, 3f, 0, 1",
        "5, 32, 80000000, 1f, 0, ffffffff",
        "6, 32, ffffffff, 12, 808, ffff12ff",
        "3, 32, 1, 20, 0, none",
        "3, 64, 1, 40, 0, none",
        "7, 32, 1, 1, 0, none"
    })
    void registerFormsComputeWhatTheReferenceSays(
            int sub, int width, String a, String b, String immediate, String result) {
        assertResult(
                result,
                Arithmetic.register(
                        sub,
                        width == 64,
                        Long.parseUnsignedLong(a, 16),
                        Long.parseUnsignedLong(b, 16),
                        Integer.parseUnsignedInt(immediate, 16)));
    }

    /// The mode is the truth table itself: bit 0 for a and b, 1 for a alone, 2 for b alone, 3 for
    /// neither.
    @Test
    void logicModesAreTruthTables() {
        for (int mode = 0; mode < 16; mode++) {
            int table = 0;
            for (int row = 0; row < 4; row++) {
                int a = row < 2 ? -1 : 0;
                int b = row % 2 == 0 ? -1 : 0;
                table |= (Arithmetic.logic(mode, false, a, b) & 1) << row;
            }
            assertEquals(mode, table);
            boolean ignoresA =
                    Arithmetic.logic(mode, false, 0, 0b10)
                            == Arithmetic.logic(mode, false, 3, 0b10);
            boolean ignoresB =
                    Arithmetic.logic(mode, false, 0b10, 0)
                            == Arithmetic.logic(mode, false, 0b10, 3);
            assertEquals(!ignoresA, Arithmetic.logicDependsOn(mode, true), "mode=" + mode);
            assertEquals(!ignoresB, Arithmetic.logicDependsOn(mode, false), "mode=" + mode);
        }
        assertEquals(1 << 5 | 1, Arithmetic.logic(7, true, 1, 5));
    }

    private static void assertResult(String expected, OptionalLong actual) {
        assertEquals(expected, actual.isEmpty() ? "none" : Long.toHexString(actual.getAsLong()));
    }
}
