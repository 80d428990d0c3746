package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// A run whose faults or groups are not the expected ones fails and says what it saw instead.
class ExpectedFaultsTest {
    private static final String SCENARIO =
            """
            {"name": "t", "processes": [{"name": "p", "threads": [{"name": "m", "steps": [
              {"op": "open", "name": "dev"},
              {"op": "vm_create", "name": "vm"},
              {"op": "bo_create", "name": "commands", "size": 4096},
              {"op": "vm_bind", "vm": "vm", "bo": "commands", "va": "0x100000"},
              {"op": "mmap_bo", "bo": "commands"},
              {"op": "bo_write", "bo": "commands", "code": ["MOVE48 d70, #${commands+0x2}",
               "LOAD_MULTIPLE r10, [d70]"]},
              {"op": "syncobj_create", "name": "done"},
              {"op": "group_create", "name": "group", "vm": "vm", "queues": [{"ring_size": 4096}]},
              {"op": "group_submit", "group": "group", "stream": "commands",
               "signal": [{"syncobj": "done"}]},
              {"op": "syncobj_wait", "syncobj": "done"}
            ]}]}], "expect": {%s}}
            """;

    private static final String INJECT =
            """
            {"op": "inject_fault", "group": "group", "exception": "%s", "timeout": "1ms"},
            """;

    private static final String SEEN =
            "the run reported cs_fatal 0x48 queue 0 data 0x0 info 0x100002 stream stopped, expected"
                    + " ";

    private static List<String> failures(String expect) {
        return Runs.text(SCENARIO.formatted(expect), Map.of(), new EventLog()).failures();
    }

    private static List<String> fault(String keys) {
        return failures("\"faults\": [{" + keys + "}]");
    }

    @Test
    void faultWithAllItsWordsIsRecognised() {
        assertEquals(
                List.of(),
                fault(
                        """
                        "report": "cs_fatal", "exception": "0x48", "queue": 0, "data": 0,
                        "info": "${commands}+2", "stream": "stopped", "process": "p"
                        """));
    }

    @Test
    void everyOtherWordIsAFailure() {
        assertEquals(
                List.of(SEEN + "cs_fault 0x48"),
                fault("\"report\": \"cs_fault\", \"exception\": 72"));
        assertEquals(
                List.of(SEEN + "cs_fatal 0x49"),
                fault("\"report\": \"cs_fatal\", \"exception\": 73"));
        for (String wrong : List.of("queue 1", "data 0x1", "info 0x100000", "stream goes_on")) {
            String[] words = wrong.split(" ", 2);
            assertEquals(
                    List.of(SEEN + "cs_fatal 0x48 " + wrong),
                    fault(
                            "\"report\": \"cs_fatal\", \"exception\": 72, \"%s\": %s"
                                    .formatted(
                                            words[0],
                                            words[0].equals("queue")
                                                    ? words[1]
                                                    : "\"" + words[1] + "\"")));
        }
    }

    @Test
    void faultNobodyExpectedIsAFailureOnlyWhereFaultsAreListed() {
        assertEquals(List.of(SEEN + "none"), failures("\"faults\": []"));
        assertEquals(List.of(), failures("\"outcome\": \"idle\""));
    }

    @Test
    void groupThatEndsOtherwiseIsAFailure() {
        assertEquals(
                List.of(),
                failures(
                        """
                        "groups": [{"group": "group", "flags": ["fatal_fault"], "fatal_queues": 1,
                                    "state": "terminated"}]
                        """));
        assertEquals(
                List.of(
                        "group \"group\" ended with flags [fatal_fault], expected [timedout],"
                                + " fatal_queues 1, expected 2, state terminated, expected active"),
                failures(
                        """
                        "groups": [{"group": "group", "flags": ["timedout"], "fatal_queues": 2,
                                    "state": "active"}]
                        """));
    }

    @Test
    void expectationsOfNothingAreRefused() {
        refused("\"groups\": [{\"group\": \"other\"}]", "no step of this process makes a group");
        refused(
                "\"groups\": [{\"group\": \"group\", \"flags\": [\"dead\"]}]",
                "\"dead\" is no flag; there are timedout, fatal_fault");
        refused(
                "\"groups\": [{\"group\": \"group\", \"process\": \"q\"}]",
                "there is no process \"q\"");
        refused(
                "\"faults\": [{\"report\": \"mmu_fault\", \"exception\": 192, \"info\": \"${x}\"}]",
                "t.json:");
    }

    @Test
    void onlyWhatAShaderCausesCanBeInjected() {
        refused(
                "\"outcome\": \"idle\"",
                INJECT.formatted("0x48"),
                "a shader causes 0x05, 0x50, 0x51, 0x55 or 0x5b");
    }

    @Test
    void injectionWithoutAJobFails() {
        String text =
                SCENARIO.formatted("\"outcome\": \"idle\"")
                        .replace(
                                "{\"op\": \"syncobj_wait\"",
                                INJECT.formatted("0x5") + "{\"op\": \"syncobj_wait\"");
        List<String> failures = Runs.text(text, Map.of(), new EventLog()).failures();
        assertEquals(1, failures.size());
        assertTrue(failures.getFirst().endsWith("inject_fault: the queue ran no job"));
    }

    private static void refused(String expect, String step, String message) {
        String text =
                SCENARIO.formatted(expect)
                        .replace("{\"op\": \"syncobj_wait\"", step + "{\"op\": \"syncobj_wait\"");
        ScenarioException thrown =
                assertThrows(ScenarioException.class, () -> ScenarioFile.parse("t.json", text));
        assertTrue(String.valueOf(thrown.getMessage()).contains(message), thrown::getMessage);
    }

    private static void refused(String expect, String message) {
        refused(expect, "", message);
    }
}
