package org.panscope.core.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.scenario.Scenario;
import org.panscope.core.scenario.ScenarioException;
import org.panscope.core.scenario.ScenarioFile;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The main invariant where XGS queues, timers, rechecks and destructions meet: after every event
/// the reduced state equals the machine, whatever goes wrong in the driver.
class XgsInvariantTest {
    private static final Map<String, String> JITTER =
            Map.of(
                    "kernel.jitter_ns", "9000",
                    "kernel.work_latency_max_ns", "40000",
                    "client.jitter_ns", "9000");

    /// Threads that create, use, wake and destroy the same handles.
    private static final String CROWD =
            """
            {"name": "crowd", "switches": {"param.xgs_timeout_ms": 20}, "processes": [{"name": "p", "threads": [
              {"name": "main", "steps": [
                {"op": "open", "name": "dev"},
                {"op": "vm_create", "name": "vm"},
                {"op": "bo_create", "name": "memory", "size": 4096},
                {"op": "vm_bind", "vm": "vm", "bo": "memory", "va": "0x200000", "noexec": true, "uncached": true},
                {"op": "mmap_bo", "bo": "memory"},
                {"op": "sync_object", "name": "S", "bo": "memory", "vm": "vm"},
                {"op": "sync_object", "name": "T", "bo": "memory", "vm": "vm", "offset": 64, "format": "u32"},
                {"op": "xgs_queue_create", "name": "q1", "vm": "vm"},
                {"op": "xgs_queue_create", "name": "q2", "vm": "vm"},
                {"op": "xgs_queue_submit", "xgs_queue": "q2",
                 "ops": [{"do": "wait_gt", "sync": "T", "value": 3}, {"do": "signal_set", "sync": "S", "value": 9}]},
                {"op": "sleep", "for": "20us"},
                {"op": "xgs_queue_destroy", "xgs_queue": "q1"},
                {"op": "sleep", "for": "10us"},
                {"op": "xgs_queue_destroy", "xgs_queue": "q2"}
              ]},
              {"name": "submitter", "steps": [
                {"op": "expect_sync", "sync": "S", "value": 0},
                {"op": "repeat", "count": 6, "steps": [
                  {"op": "xgs_queue_submit", "handle": 1,
                   "ops": [{"do": "signal_add", "sync": "T", "value": 1}, {"do": "wait_gt", "sync": "S", "value": 8}]}]}
              ]},
              {"name": "waker", "steps": [
                {"op": "expect_sync", "sync": "S", "value": 0},
                {"op": "repeat", "count": 10, "steps": [{"op": "sync_update"}, {"op": "sleep", "for": "3us"}]}
              ]}
            ]}]}
            """;

    private static RecordedEvents run(Scenario scenario, long seed, String... fixes)
            throws IOException, ScenarioException {
        Map<String, String> settings = new TreeMap<>(JITTER);
        for (String fix : fixes) {
            settings.put(fix, "true");
        }
        return CheckedRun.of(scenario, seed, settings).events();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xgs-timeout-chain.json",
                "xgs-timeout-race.json",
                "xgs-to-xgs.json",
                "xgs-destroy-and-close.json"
            })
    void everyEventOfASampleLeavesStateAndMachineEqual(String sample)
            throws IOException, ScenarioException {
        Scenario scenario = ScenarioFile.read(Path.of("..", "samples", sample));
        CheckedRun.of(scenario, 1);
        for (long seed = 1; seed <= 2; seed++) {
            run(scenario, seed);
            run(
                    scenario,
                    seed,
                    "fix.xgs_error_state",
                    "fix.xgs_cascade",
                    "fix.xgs_signal_rings_glb",
                    "fix.locked_lookup");
        }
    }

    @Test
    void everyOrderOfACrowdTellsOfEverythingAndEveryJobEnds()
            throws IOException, ScenarioException {
        Scenario scenario = ScenarioFile.parse("crowd.json", CROWD);
        for (long seed = 1; seed <= 8; seed++) {
            for (RecordedEvents events :
                    List.of(
                            run(scenario, seed),
                            run(scenario, seed, "fix.xgs_cascade", "fix.locked_lookup"))) {
                assertEquals(
                        count(events, XgsJobStep.CREATED),
                        count(events, XgsJobStep.FREED),
                        "seed=" + seed);
            }
        }
    }

    /// A queue that is destroyed while somebody has looked it up and not yet taken a reference.
    private static final String LOOKED_UP =
            """
            {"name": "looked-up", "parameters": {"kernel.jitter_ns": 60000}, "processes": [{"name": "p", "threads": [
              {"name": "main", "steps": [
                {"op": "open", "name": "dev"},
                {"op": "vm_create", "name": "vm"},
                {"op": "xgs_queue_create", "name": "q1", "vm": "vm"},
                {"op": "eventfd", "name": "ready"},
                {"op": "xgs_queue_destroy", "xgs_queue": "q1"}
              ]},
              {"name": "submitter", "steps": [
                {"op": "wait_eventfd", "eventfd": "ready", "timeout": "1us", "expect_timeout": true},
                {"op": "xgs_queue_submit", "handle": 1,
                 "ops": [{"do": "signal_set", "va": "0x1000", "value": 1}]}
              ]}
            ]}]}
            """;

    @Test
    void aQueueMayBeFreedBetweenBeingFoundAndBeingReferenced()
            throws IOException, ScenarioException {
        Scenario scenario = ScenarioFile.parse("looked-up.json", LOOKED_UP);
        int met = 0;
        for (long seed = 1; seed <= 24; seed++) {
            met += isUseAfterFree(CheckedRun.of(scenario, seed)) ? 1 : 0;
            assertFalse(
                    isUseAfterFree(
                            CheckedRun.of(scenario, seed, Map.of("fix.locked_lookup", "true"))
                                    .events()),
                    "seed=" + seed);
        }
        assertTrue(met > 0, "R6 was never met");
    }

    private static long count(RecordedEvents events, XgsJobStep step) {
        return events.of(XgsJob.class).stream().filter(job -> job.step() == step).count();
    }

    private static boolean isUseAfterFree(RecordedEvents events) {
        return events.of(Warn.class).stream()
                .anyMatch(warn ->
                        warn.text().contains("use-after-free")
                                || warn.text().contains("use of freed"));
    }
}
