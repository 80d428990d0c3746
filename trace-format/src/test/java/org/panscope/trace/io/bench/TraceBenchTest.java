package org.panscope.trace.io.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class TraceBenchTest {
    @TempDir private Path dir;

    @Test
    void aRunMeasuresWhatItWroteAndLeavesNothingBehind() throws IOException {
        TraceBench.Result result = TraceBench.run(20_000, dir);
        assertEquals(20_000, result.events());
        assertTrue(result.fileBytes() > 20_000);
        assertTrue(result.describe().contains("events/s"));
        assertEquals(result.checksum(), TraceBench.run(20_000, dir).checksum());
        try (var left = Files.list(dir)) {
            assertEquals(0, left.count());
        }
    }
}
