package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Every fault a stream, a mapping or a doorbell can cause has a scenario, which ends as the
/// documentation of the fault says.
class FaultScenariosTest {
    private static final Path FAULTS = Runs.SAMPLES.resolve("faults");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FAULTS)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void faultIsReportedAsDocumented(Path file) throws IOException, ScenarioException {
        Scenario scenario = ScenarioFile.read(file);
        assertTrue(scenario.expectedFaults() != null, "the scenario expects no fault");
        assertTrue(!scenario.expectedGroups().isEmpty(), "the scenario expects nothing of a group");
        for (long seed : new long[] {1, 20_261_122}) {
            ScenarioRun run = ScenarioRun.of(scenario, seed, Map.of());
            ScenarioResult result = Runs.checked(run, seed, new EventLog());
            assertEquals(List.of(), result.failures(), "seed=" + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void listOfSamplesNamesTheFile(Path file) throws IOException {
        String name = file.getFileName().toString();
        String list = Files.readString(Runs.SAMPLES.resolve("README.md"));
        assertTrue(list.contains("`" + name + "`"), name);
    }
}
