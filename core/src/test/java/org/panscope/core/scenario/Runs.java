package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.panscope.core.projection.InvariantChecker;
import org.panscope.core.projection.LiveProjection;
import org.panscope.core.sim.SeededChoices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Runs scenarios for tests.
final class Runs {
    static final Path SAMPLES = Path.of("..", "samples");

    private static final long CHECKED_SEEDS = 3;
    private static final long SLICE_NS = 10_000_000;
    private static final long LONGEST_NS = 600_000_000_000L;

    private Runs() {}

    /// The events of a sample, run with its own seed; the run has to show what the sample says.
    static EventLog sample(String name) {
        EventLog log = new EventLog();
        ScenarioResult result = sample(name, Map.of(), log);
        assertEquals(List.of(), result.failures());
        return log;
    }

    /// The first events of a sample run as written, not compared with the machine: all events, or
    /// of a long run so many and some more.
    static EventLog beginning(String name, int mostEvents) {
        try {
            Scenario scenario = ScenarioFile.read(SAMPLES.resolve(name));
            EventLog log = new EventLog();
            RunningScenario running =
                    ScenarioRun.of(scenario, scenario.seed(), Map.of())
                            .start(log.trace(), new SeededChoices(scenario.seed()));
            long limitNs = 0;
            boolean ended = false;
            while (!ended && log.entries().size() <= 2 * mostEvents) {
                limitNs += SLICE_NS;
                ended = running.advance(limitNs);
            }
            ScenarioResult result = running.finish();
            if (ended) {
                assertEquals(List.of(), result.failures());
            }
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ScenarioException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /// The events of a sample run with another seed and settings, whatever becomes of it. Only the
    /// first seeds are compared with the machine, which takes most of the time.
    static EventLog seeded(String name, long seed, Map<String, String> settings) {
        try {
            Scenario scenario = ScenarioFile.read(SAMPLES.resolve(name));
            EventLog log = new EventLog();
            ScenarioRun run = ScenarioRun.of(scenario, seed, settings);
            if (seed <= CHECKED_SEEDS) {
                checked(run, seed, log);
            } else {
                run.run(log.trace(), (_, _, _) -> {});
            }
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ScenarioException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /// A sample with other settings. SampleInvariantTest compares samples with the machine.
    static ScenarioResult sample(String name, Map<String, String> settings, EventLog log) {
        try {
            Scenario scenario = ScenarioFile.read(SAMPLES.resolve(name));
            return ScenarioRun.of(scenario, scenario.seed(), settings)
                    .run(log.trace(), (_, _, _) -> {});
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
            return checked(
                    ScenarioRun.of(scenario, scenario.seed(), settings), scenario.seed(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ScenarioException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /// Runs to the end; at every event the state reduced from the events has to equal the machine.
    static ScenarioResult checked(ScenarioRun run, long seed, EventLog log) throws IOException {
        int first = log.entries().size();
        RunningScenario running = run.start(log.trace(), new SeededChoices(seed));
        Machine machine = running.machine();
        InvariantChecker checker =
                new InvariantChecker(
                        new LiveProjection(machine.device(), machine.mcu(), machine::processes));
        for (EventLog.Entry entry : log.entries().subList(first, log.entries().size())) {
            checker.catchUp(entry.seq(), entry.header(), entry.event());
        }
        running.recorder().addListener(checker::onEvent);
        for (long limitNs = SLICE_NS; !running.advance(limitNs); limitNs += SLICE_NS) {
            assertTrue(limitNs < LONGEST_NS, "runs for ever");
        }
        checker.finish();
        return running.finish();
    }
}
