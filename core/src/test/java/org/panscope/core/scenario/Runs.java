package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Runs scenarios for tests.
final class Runs {
    static final Path SAMPLES = Path.of("..", "samples");

    private Runs() {}

    /// The events of a sample, run with its own seed; the run has to show what the sample says.
    static EventLog sample(String name) {
        EventLog log = new EventLog();
        ScenarioResult result = sample(name, Map.of(), log);
        assertEquals(List.of(), result.failures());
        return log;
    }

    static ScenarioResult sample(String name, Map<String, String> settings, EventLog log) {
        try {
            Scenario scenario = ScenarioFile.read(SAMPLES.resolve(name));
            return ScenarioRun.of(scenario, scenario.seed(), settings).run(log.trace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ScenarioException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /// The events of a scenario given as text.
    static ScenarioResult text(String text, Map<String, String> settings, EventLog log) {
        try {
            Scenario scenario = ScenarioFile.parse("test.json", text);
            return ScenarioRun.of(scenario, scenario.seed(), settings).run(log.trace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ScenarioException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
