package org.panscope.core.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.projection.CheckedRun.Shown;
import org.panscope.core.scenario.Scenario;
import org.panscope.core.scenario.ScenarioException;
import org.panscope.core.scenario.ScenarioFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Every sample does as it says with the driver of v6.11 and with that of 2026; the main invariant
/// and the rules of the driver are checked at every event.
class DriverProfilesTest {
    private static final Path SAMPLES = Path.of("..", "samples");

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theDriverOf2026DoesWhatTheSampleSays(Path sample) throws IOException, ScenarioException {
        run(sample, Map.of("driver.profile", "mainline-2026"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "group-death-fatal",
                "group-death-progress",
                "group-death-mmu",
                "group-death-reset",
                "gpu-reset-both-flows",
                "job-timeout",
                "firmware-hang"
            })
    void whatGoesWrongGoesWrongAsTheSampleSays(String sample)
            throws IOException, ScenarioException {
        run(SAMPLES.resolve(sample + ".json"), Map.of());
    }

    @Test
    void withoutTheFixAResetRacesWithSyncUpdate() throws IOException, ScenarioException {
        Scenario scenario = ScenarioFile.read(SAMPLES.resolve("group-death-reset.json"));
        List<String> races =
                CheckedRun.of(scenario, scenario.seed(), Map.of()).rules().resetRaces();
        assertTrue(races.stream().anyMatch(race -> race.contains("I5")), races.toString());
        assertTrue(races.stream().anyMatch(race -> race.contains("I6")), races.toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void withTheFixNoResetRacesWithSyncUpdate(long seed) throws IOException, ScenarioException {
        Scenario scenario = ScenarioFile.read(SAMPLES.resolve("group-death-reset.json"));
        Shown shown = CheckedRun.of(scenario, seed, Map.of("fix.reset_list_lock", "true"));
        assertEquals(List.of(), shown.rules().resetRaces());
    }

    private static void run(Path sample, Map<String, String> settings)
            throws IOException, ScenarioException {
        Scenario scenario = ScenarioFile.read(sample);
        CheckedRun.of(scenario, scenario.seed(), settings);
    }
}
