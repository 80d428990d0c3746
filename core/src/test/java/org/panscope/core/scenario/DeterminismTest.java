package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A run is a function of scenario and seed.
class DeterminismTest {

    @ParameterizedTest
    @ValueSource(strings = {"hello-ring.json", "kernel-submit.json", "demo.json"})
    void twoRunsAreEqual(String sample) {
        assertEquals(DigestMain.text(Runs.sample(sample)), DigestMain.text(Runs.sample(sample)));
    }

    @Test
    void twoJavaProcessesRecordTheSameBytes() throws IOException, InterruptedException {
        String first = runElsewhere("demo.json");
        assertTrue(first.contains("RUN_END"), first);
        assertEquals(first, runElsewhere("demo.json"));
        assertEquals(DigestMain.text(Runs.sample("demo.json")), first);
    }

    private static String runElsewhere(String sample) throws IOException, InterruptedException {
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                classPath,
                                DigestMain.class.getName(),
                                sample)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        assertNotEquals("", output);
        return output;
    }
}
