package org.panscope.core.projection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.scenario.Scenario;
import org.panscope.core.scenario.ScenarioException;
import org.panscope.core.scenario.ScenarioFile;

import java.io.IOException;
import java.nio.file.Path;

/// The main invariant on whole machines: after every event, the state reduced from the events so
/// far equals the live machine.
class MachineInvariantTest {
    static final String TEARDOWN =
            """
            {
              "name": "teardown",
              "processes": [{
                "name": "p", "threads": [{"name": "main", "steps": [
                  {"op": "open", "name": "dev"},
                  {"op": "vm_create", "name": "vm"},
                  {"op": "bo_create", "name": "memory", "size": 8192},
                  {"op": "vm_bind", "vm": "vm", "bo": "memory", "va": "0x100000"},
                  {"op": "mmap_bo", "bo": "memory"},
                  {"op": "bo_write", "bo": "memory", "offset": 4096, "code": ["MOVE32 r70, #0x10", "WAIT #1"]},
                  {"op": "sync_object", "name": "S", "bo": "memory", "vm": "vm"},
                  {"op": "group_create", "name": "user", "vm": "vm", "user_submit": true,
                   "queues": [{"ring_size": 4096}]},
                  {"op": "map_queue", "group": "user"},
                  {"op": "submit", "group": "user", "notify": "active",
                   "code": ["MOVE48 d66, #${S}", "MOVE48 d68, #0x1", "SYNC_ADD64.system [d66], d68, #0, #0"]},
                  {"op": "wait_sync", "sync": "S", "greater_than": 0},
                  {"op": "group_create", "name": "kernel", "vm": "vm", "queues": [{"ring_size": 4096}]},
                  {"op": "syncobj_create", "name": "done"},
                  {"op": "group_submit", "group": "kernel", "stream": "memory", "signal": [{"syncobj": "done"}]},
                  {"op": "syncobj_wait", "syncobj": "done"},
                  {"op": "munmap_queue", "group": "user"},
                  {"op": "group_destroy", "group": "user"},
                  {"op": "sleep", "for": "200ms"},
                  {"op": "syncobj_destroy", "syncobj": "done"},
                  {"op": "vm_unbind", "vm": "vm", "va": "0x100000", "size": 4096},
                  {"op": "munmap_bo", "bo": "memory"},
                  {"op": "close", "file": "dev"},
                  {"op": "sleep", "for": "200ms"}
                ]}]
              }]
            }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello-ring.json",
                "kernel-submit.json",
                "demo.json",
                "indirect-scoreboard.json"
            })
    void everyEventOfASampleLeavesStateAndMachineEqual(String sample)
            throws IOException, ScenarioException {
        Scenario scenario = ScenarioFile.read(Path.of("..", "samples", sample));
        for (long seed = 1; seed <= 4; seed++) {
            CheckedRun.of(scenario, seed);
        }
    }

    @Test
    void tearingEverythingDownTellsOfEverything() throws IOException, ScenarioException {
        CheckedRun.of(ScenarioFile.parse("teardown.json", TEARDOWN), 1);
    }
}
