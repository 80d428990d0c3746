package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A run is a function of scenario and seed, down to the bytes of its file.
class DeterminismTest {
    private static final long EQUAL = -1;

    @TempDir private Path directory = Path.of(".");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello-ring.json",
                "kernel-submit.json",
                "demo.json",
                "indirect-scoreboard.json"
            })
    void twoRunsAreEqual(String sample) throws IOException, ScenarioException {
        Scenario scenario = ScenarioFile.read(Runs.SAMPLES.resolve(sample));
        Path first = directory.resolve("first.pscope");
        Path second = directory.resolve("second.pscope");
        RecordMain.record(scenario, 1, first);
        RecordMain.record(scenario, 1, second);
        assertEquals(EQUAL, Files.mismatch(first, second));
        RecordMain.record(scenario, 2, second);
        assertNotEquals(EQUAL, Files.mismatch(first, second), "the seed is in the file");
    }

    @Test
    void twoJavaProcessesRecordTheSameBytes()
            throws IOException, InterruptedException, ScenarioException {
        Path here = directory.resolve("here.pscope");
        Scenario scenario = ScenarioFile.read(Runs.SAMPLES.resolve("demo.json"));
        RecordMain.record(scenario, scenario.seed(), here);
        for (String name : new String[] {"first.pscope", "second.pscope"}) {
            Path there = directory.resolve(name);
            recordElsewhere("demo.json", there);
            assertEquals(EQUAL, Files.mismatch(here, there), name);
        }
    }

    private static void recordElsewhere(String sample, Path file)
            throws IOException, InterruptedException {
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                classPath,
                                RecordMain.class.getName(),
                                sample,
                                file.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertEquals(0, process.waitFor());
    }
}
