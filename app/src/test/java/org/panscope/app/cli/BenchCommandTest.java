package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/// The bench commands say what they measured; how fast that was is nobody's business here.
class BenchCommandTest {
    @Test
    void emulatorCountsWhatItRecorded() {
        List<String> lines = CommandRun.of("bench", "emulator", "--batches", 3).lines();

        assertTrue(lines.getFirst().startsWith("machine "), lines.getFirst());
        assertEquals(
                List.of(
                        "machine",
                        "events",
                        "instructions",
                        "emulated time",
                        "file",
                        "wall time",
                        "processor time",
                        "recorded events",
                        "instructions"),
                lines.stream().map(line -> line.split(" {2,}", 2)[0]).toList());
        // Two user batches of 12 instructions and a kernel batch with the driver's 16 around 9.
        long instructions = number(lines.get(2));
        assertEquals(3L * (USER_BATCH + USER_BATCH + KERNEL_BATCH), instructions);
    }

    /// Instructions executed for a batch: 12 words with 15 more turns of a loop of two, padded to
    /// lines of 8 words.
    private static final int USER_BATCH = 16 + 2 * 15;

    private static final int KERNEL_BATCH = 16 + 16 + 2 * 15;

    private static long number(String line) {
        return Long.parseLong(line.split(" {2,}", 2)[1].trim().replace(",", ""));
    }
}
