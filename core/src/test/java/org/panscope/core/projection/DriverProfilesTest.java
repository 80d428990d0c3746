package org.panscope.core.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.projection.CheckedRun.Shown;
import org.panscope.core.scenario.Scenario;
import org.panscope.core.scenario.ScenarioException;
import org.panscope.core.scenario.ScenarioFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What goes wrong by intent: the main invariant and the rules of the driver are checked at every
/// event.
class DriverProfilesTest {
    private static final Path SAMPLES = Path.of("..", "samples");

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
