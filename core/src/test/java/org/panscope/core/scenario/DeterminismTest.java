package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A run is a function of scenario and seed, down to the bytes of its file.
class DeterminismTest {
    private static final long EQUAL = -1;

    /// Runs for a million events, so that once is enough.
    private static final String LONG = "panvk-frame-loop.json";

    @TempDir private Path directory = Path.of(".");

    static Stream<Path> samples() throws IOException {
        return Samples.files().stream().filter(file -> !file.endsWith(LONG));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void twoRunsAreEqual(Path sample) throws IOException, ScenarioException {
        Scenario scenario = ScenarioFile.read(sample);
        Path first = directory.resolve("first.pscope");
        Path second = directory.resolve("second.pscope");
        RecordMain.record(scenario, scenario.seed(), first);
        RecordMain.record(scenario, scenario.seed(), second);
        assertEquals(EQUAL, Files.mismatch(first, second));
    }

    @Test
    void theSeedIsInTheFile() throws IOException, ScenarioException {
        Scenario scenario = ScenarioFile.read(Runs.SAMPLES.resolve("demo.json"));
        Path first = directory.resolve("first.pscope");
        Path second = directory.resolve("second.pscope");
        RecordMain.record(scenario, 1, first);
        RecordMain.record(scenario, 2, second);
        assertNotEquals(EQUAL, Files.mismatch(first, second));
    }

    /// Every sample, and the long one too.
    @Test
    void twoJavaProcessesRecordTheSameBytes() throws IOException, InterruptedException {
        List<Path> folders = List.of(directory.resolve("first"), directory.resolve("second"));
        List<Process> processes = new ArrayList<>();
        for (Path folder : folders) {
            processes.add(recordAll(Files.createDirectory(folder)));
        }
        for (Process process : processes) {
            assertEquals(0, process.waitFor());
        }
        for (Path sample : Samples.files()) {
            String name = RecordMain.nameOf(sample);
            assertEquals(
                    EQUAL,
                    Files.mismatch(folders.get(0).resolve(name), folders.get(1).resolve(name)),
                    name);
        }
    }

    private static Process recordAll(Path folder) throws IOException {
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djdk.virtualThreadScheduler.parallelism=1",
                        "-cp",
                        classPath,
                        RecordMain.class.getName(),
                        folder.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
