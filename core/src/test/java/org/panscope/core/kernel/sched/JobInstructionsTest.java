package org.panscope.core.kernel.sched;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.core.kernel.base.DriverChoice;
import org.panscope.core.kernel.base.DriverConfig;
import org.panscope.core.kernel.base.DriverFixes;
import org.panscope.core.kernel.base.DriverLimits;
import org.panscope.core.kernel.base.DriverModes;
import org.panscope.core.kernel.base.DriverProfile;
import org.panscope.core.kernel.base.UapiDialect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The exact words the driver puts into a ring for a job, for each of the four ways to profile it,
/// and what they cost.
class JobInstructionsTest {
    private static final String HEAD = "025e000000012345 24005e0000000233";
    private static final String CALL =
            "015c000000500000 025e000000000020 0300000000010000 20005c5e00000000";
    private static final String TAIL =
            "015c000000400000 015e000000000001 0300000000ff0000 33005c5e00000001 2f00000000000000";
    private static final String CYCLES_BEFORE = "015c000000600000 28005c0100000000";
    private static final String CYCLES_AFTER = "015c000000600008 28005c0100000000";
    private static final String TIME_BEFORE = "015e000000600010 28005e0000000000";
    private static final String TIME_AFTER = "015e000000600018 28005e0000000000";

    private static final DriverConfig MAINLINE =
            new DriverConfig(
                    new DriverChoice(DriverProfile.MAINLINE_2026, UapiDialect.RFC_USERSUBMIT_V1),
                    DriverFixes.NONE,
                    DriverModes.NONE,
                    DriverLimits.DEFAULT);

    @Test
    void aPlainJobHasElevenWordsAndFiveOfPadding() {
        assertEquals(padded(16, HEAD, CALL, TAIL), words(0));
    }

    @Test
    void cyclesAreStoredBeforeAndAfterTheCall() {
        assertEquals(padded(16, HEAD, CYCLES_BEFORE, CALL, CYCLES_AFTER, TAIL), words(1));
    }

    @Test
    void timestampsAreStoredBeforeAndAfterTheCall() {
        assertEquals(padded(16, HEAD, TIME_BEFORE, CALL, TIME_AFTER, TAIL), words(2));
    }

    @Test
    void bothAreStoredCyclesFirst() {
        assertEquals(
                padded(24, HEAD, CYCLES_BEFORE, TIME_BEFORE, CALL, CYCLES_AFTER, TIME_AFTER, TAIL),
                words(3));
    }

    @ParameterizedTest
    @CsvSource({"0, 16", "1, 16", "2, 16", "3, 24"})
    void in2026AJobCostsACreditAWord(int mask, int credits) {
        assertEquals(credits, JobInstructions.credits(MAINLINE, mask));
        assertEquals(1, JobInstructions.credits(DriverConfig.AS_POSTED, 0));
    }

    @ParameterizedTest
    @CsvSource({"4096, 32, 512, 32", "65536, 512, 8192, 512"})
    void ringsHaveRoomFor(long ringBytes, int creditsOf2024, int creditsOf2026, int slots) {
        assertEquals(creditsOf2024, JobInstructions.creditLimit(DriverConfig.AS_POSTED, ringBytes));
        assertEquals(creditsOf2026, JobInstructions.creditLimit(MAINLINE, ringBytes));
        assertEquals(slots, JobInstructions.profilingSlots(ringBytes));
    }

    private static List<String> words(int mask) {
        byte[] bytes =
                JobInstructions.encode(
                        new PanthorJob.Call(0x50_0000, 0x20, 0x1_2345),
                        96,
                        8,
                        0x40_0000,
                        mask,
                        0x60_0000);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<String> words = new ArrayList<>();
        while (buffer.hasRemaining()) {
            words.add("%016x".formatted(buffer.getLong()));
        }
        return words;
    }

    private static List<String> padded(int count, String... parts) {
        List<String> words = new ArrayList<>();
        for (String part : parts) {
            words.addAll(List.of(part.split(" ")));
        }
        while (words.size() < count) {
            words.add("0000000000000000");
        }
        return words;
    }
}
