package org.panscope.core.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.panscope.core.scenario.Machine;
import org.panscope.core.scenario.RunningScenario;
import org.panscope.core.scenario.Scenario;
import org.panscope.core.scenario.ScenarioException;
import org.panscope.core.scenario.ScenarioRun;
import org.panscope.core.sim.SeededChoices;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Runs a scenario to its end with an [InvariantChecker] looking on.
final class CheckedRun {
    private static final long SLICE_NS = 1_000_000;
    private static final long LONGEST_NS = 60_000_000_000L;

    private CheckedRun() {}

    /// The events of a run that did as its scenario says, and in which nothing was silent.
    static RecordedEvents of(Scenario scenario, long seed) throws IOException, ScenarioException {
        return of(scenario, seed, Map.of()).events();
    }

    /// What a run showed.
    ///
    /// @param rules where rules of the driver were broken
    record Shown(RecordedEvents events, SchedulerRules rules) {}

    /// A run that did as its scenario says, in which nothing was silent and no rule of the driver
    /// was broken that holds as posted.
    static Shown of(Scenario scenario, long seed, Map<String, String> settings)
            throws IOException, ScenarioException {
        RecordedEvents events = new RecordedEvents();
        RunningScenario run =
                ScenarioRun.of(scenario, seed, settings).start(events, new SeededChoices(seed));
        InvariantChecker checker = new InvariantChecker(live(run.machine()));
        SchedulerRules rules = new SchedulerRules(run.machine().device());
        events.replayInto(checker);
        run.recorder().addListener(checker::onEvent);
        run.recorder().addListener(rules::onEvent);
        advance(run);
        checker.finish();
        assertEquals(List.of(), run.finish().failures(), "seed=" + seed);
        assertEquals(List.of(), checker.state().anomalies(), "seed=" + seed);
        assertEquals(List.of(), rules.broken(), "seed=" + seed);
        return new Shown(events, rules);
    }

    /// The first difference a checker finds that does not hear of some events.
    static Difference withoutHearing(Scenario scenario, Predicate<TraceEvent> swallowed)
            throws IOException, ScenarioException {
        RecordedEvents events = new RecordedEvents();
        RunningScenario run =
                ScenarioRun.of(scenario, 1, Map.of()).start(events, new SeededChoices(1));
        Difference[] first = new Difference[1];
        InvariantChecker checker =
                new InvariantChecker(
                        live(run.machine()),
                        difference -> first[0] = first[0] == null ? difference : first[0]);
        events.replayInto(checker);
        run.recorder()
                .addListener((long seq, EventHeader header, TraceEvent event) -> {
                    if (first[0] == null && !swallowed.test(event)) {
                        checker.onEvent(seq, header, event);
                    }
                });
        advance(run);
        checker.finish();
        run.finish();
        assertTrue(first[0] != null, "nothing was found");
        return first[0];
    }

    static LiveProjection live(Machine machine) {
        return new LiveProjection(machine.device(), machine.mcu(), machine::processes);
    }

    private static void advance(RunningScenario run) throws IOException {
        advance(run, Integer.MAX_VALUE);
    }

    /// Runs to the end, or a little beyond a number of events.
    static void advance(RunningScenario run, int events) throws IOException {
        for (long limitNs = SLICE_NS; !run.advance(limitNs); limitNs += SLICE_NS) {
            assertTrue(limitNs < LONGEST_NS, "runs for ever");
            if (run.recorder().eventCount() >= events) {
                return;
            }
        }
    }
}
