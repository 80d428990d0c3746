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
                labels(lines));
        // Two user batches of 12 instructions and a kernel batch with the driver's 16 around 9.
        long instructions = number(lines.get(2));
        assertEquals(3L * (USER_BATCH + USER_BATCH + KERNEL_BATCH), instructions);
    }

    private static List<String> labels(List<String> lines) {
        return lines.stream().map(line -> line.split(" {2,}", 2)[0]).toList();
    }

    @Test
    void importReadsEveryEventItMade() {
        List<String> lines = CommandRun.of("bench", "import", "--events", 3000).lines();

        assertEquals(
                List.of(
                        "machine",
                        "events",
                        "trace.dat",
                        ".pscope",
                        "import",
                        "its processor time",
                        "memory beyond base",
                        "trace-cmd report"),
                labels(lines));
        assertEquals(3000, number(lines.get(1)));
    }

    @Test
    void importOfALargeFileMakesAsManyBytesAsAskedFor() {
        List<String> lines = CommandRun.of("bench", "import", "--bytes", 300_000).lines();

        assertEquals(
                List.of(
                        "machine",
                        "events",
                        "trace.dat",
                        ".pscope",
                        "import",
                        "heap",
                        "memory of process"),
                labels(lines));
        assertTrue(number(lines.get(2).replace(" bytes", "")) >= 300_000, lines.get(2));
    }

    /// Instructions executed for a batch: 12 words with 15 more turns of a loop of two, padded to
    /// lines of 8 words.
    private static final int USER_BATCH = 16 + 2 * 15;

    private static final int KERNEL_BATCH = 16 + 16 + 2 * 15;

    private static long number(String line) {
        return Long.parseLong(line.split(" {2,}", 2)[1].trim().replace(",", ""));
    }
}
