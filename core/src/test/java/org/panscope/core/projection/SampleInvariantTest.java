package org.panscope.core.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.panscope.core.scenario.RunningScenario;
import org.panscope.core.scenario.Samples;
import org.panscope.core.scenario.Scenario;
import org.panscope.core.scenario.ScenarioException;
import org.panscope.core.scenario.ScenarioFile;
import org.panscope.core.scenario.ScenarioRun;
import org.panscope.core.sim.SeededChoices;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The main invariant on every sample and each of its variants, in both driver profiles: after
/// every event the state reduced from the events so far equals the live machine, whatever the seed
/// makes of the run.
///
/// `-Dpanscope.seeds=200` runs so many seeds instead of one. A run is followed for as many events
/// as `-Dpanscope.invariant.events` says; without it for 4,000, or 20,000 when there are many
/// seeds: all of every sample but the two long ones.
class SampleInvariantTest {
    private static final int SEEDS = Integer.getInteger("panscope.seeds", 1);
    private static final int MOST_EVENTS =
            Integer.getInteger("panscope.invariant.events", SEEDS > 1 ? 20_000 : 4_000);

    /// What lets a seed matter.
    private static final Map<String, String> JITTER =
            Map.of(
                    "kernel.jitter_ns", "700",
                    "kernel.work_latency_max_ns", "30us",
                    "client.jitter_ns", "900",
                    "hw.irq_latency_max_ns", "20us");

    /// A run to be.
    record Case(Path file, String profile) {
        @Override
        public String toString() {
            return Samples.FOLDER.relativize(file) + " " + profile;
        }
    }

    static Stream<Case> cases() throws IOException {
        return Samples.files().stream()
                .flatMap(file ->
                        Stream.of("rfc-2024", "mainline-2026")
                                .map(profile -> new Case(file, profile)));
    }

    @Test
    void thereAreSamples() throws IOException {
        assertFalse(Samples.files().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void stateAndMachineAreEqualAfterEveryEvent(Case one) throws IOException, ScenarioException {
        Scenario base = ScenarioFile.read(one.file());
        for (long seed = 1; seed <= SEEDS; seed++) {
            follow(base, one.profile(), seed);
            for (String variant : base.variants()) {
                follow(base.variant(variant), one.profile(), seed);
            }
        }
    }

    private static void follow(Scenario scenario, String profile, long seed)
            throws IOException, ScenarioException {
        Map<String, String> settings = new TreeMap<>(JITTER);
        settings.put("driver.profile", profile);
        RecordedEvents events = new RecordedEvents();
        RunningScenario run =
                ScenarioRun.of(scenario, seed, settings).start(events, new SeededChoices(seed));
        InvariantChecker checker = new InvariantChecker(CheckedRun.live(run.machine()));
        events.replayInto(checker);
        run.recorder().addListener(checker::onEvent);
        CheckedRun.advance(run, MOST_EVENTS);
        checker.finish();
        run.finish();
        assertEquals(List.of(), checker.state().anomalies(), "seed=" + seed);
    }
}
