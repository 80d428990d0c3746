package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.trace.io.MemoryTrace;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Variants of a scenario, decisions it takes itself, and the events it expects.
class VariantAndExpectationTest {
    private static Scenario scenario(String more) throws ScenarioException {
        return ScenarioFile.parse(
                "test.json",
                """
                {"name": "t", "seed": 3, "parameters": {"kernel.jitter_ns": 100}, %s
                 "processes": [{"name": "p", "threads": [{"name": "m", "steps": [
                   {"op": "open", "name": "dev"},
                   {"op": "vm_create", "name": "vm"},
                   {"op": "vm_create", "name": "other"}
                 ]}]}]}
                """
                        .formatted(more));
    }

    private static List<String> failures(Scenario scenario, long seed, Map<String, String> set)
            throws IOException, ScenarioException {
        return ScenarioRun.of(scenario, seed, set).run(new MemoryTrace("test")).failures();
    }

    private static List<String> failures(String expect) throws IOException, ScenarioException {
        Scenario scenario = scenario("\"expect\": {" + expect + "},");
        return failures(scenario, scenario.seed(), Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"count\": 2 | ''",
                "\"at_least\": 2 | ''",
                "\"at_most\": 2 | ''",
                "\"at_least\": 1, \"at_most\": 9 | ''",
                "\"about\": \"x\" | ''",
                "\"count\": 1 | expected 1",
                "\"at_least\": 3 | expected at least 3",
                "\"at_most\": 1 | expected at most 1",
            })
    void numberOfEventsIsCompared(String bound, String complaint)
            throws IOException, ScenarioException {
        List<String> failures =
                failures(
                        "\"events\": [{\"where\": \"type == IOCTL_EXIT && name == VM_CREATE\", "
                                + bound
                                + "}]");
        assertEquals(complaint.isEmpty() ? 0 : 1, failures.size());
        assertTrue(complaint.isEmpty() || failures.getFirst().endsWith(complaint));
    }

    @Test
    void orderOfEventsIsCompared() throws IOException, ScenarioException {
        String open = "\"type == FILE_OPEN\"";
        String create = "\"type == VM_CREATE && vm_handle == 1\"".replace("vm_handle", "handle");
        assertEquals(
                List.of(), failures("\"sequences\": [{\"order\": [" + open + "," + create + "]}]"));
        List<String> failures =
                failures("\"sequences\": [{\"order\": [" + create + "," + open + "]}]");
        assertEquals(1, failures.size());
        assertTrue(failures.getFirst().contains("no event is \"type == FILE_OPEN\""));
    }

    @Test
    void eventsAreExpectedOnlyOfTheRunAsWritten() throws IOException, ScenarioException {
        Scenario scenario = scenario("\"expect\": {\"events\": [{\"where\": \"type == RESET\"}]},");
        assertEquals(1, failures(scenario, 3, Map.of()).size());
        assertEquals(List.of(), failures(scenario, 4, Map.of()));
        assertEquals(List.of(), failures(scenario, 3, Map.of("client.poll_ns", "9")));
    }

    @ParameterizedTest
    @CsvSource({
        "type == DB_RIGN, no event type is named",
        "no_such_field == 1, no field is named",
        "track ~ queue, needs a whole trace",
        "dt > 1us, needs a whole trace",
        "(type == MARK, is no filter",
    })
    void filterThatIsNoneIsRefusedWithItsPlace(String filter, String message) {
        ScenarioException thrown =
                assertThrows(
                        ScenarioException.class,
                        () ->
                                scenario(
                                        "\"expect\": {\"events\": [{\"where\": \""
                                                + filter
                                                + "\"}]},"));
        String text = String.valueOf(thrown.getMessage());
        assertTrue(text.startsWith("test.json:1:") && text.contains(message), text);
    }

    @Test
    void variantChangesSettingsSeedAndExpectation() throws IOException, ScenarioException {
        Scenario base =
                scenario(
                        """
                        "about": "base", "variants": [
                          {"name": "fixed", "seed": 9, "switches": {"fix.register_mark": true},
                           "time_limit": "1us", "expect": {"outcome": "time_limit"}},
                          {"name": "same"}
                        ],
                        """);
        assertEquals(List.of("fixed", "same"), base.variants());
        Scenario fixed = base.variant("fixed");
        assertEquals(9, fixed.seed());
        assertEquals("base", fixed.about());
        ScenarioRun run = ScenarioRun.of(fixed, fixed.seed(), Map.of());
        assertEquals("fixed", run.header().attributes().get("variant"));
        assertEquals("true", run.header().attributes().get("fix.register_mark"));
        assertEquals("100", run.header().attributes().get("kernel.jitter_ns"));
        assertEquals("time-limit", run.run(new MemoryTrace("test")).reason());
        assertEquals(3, base.variant("same").seed());
        ScenarioException thrown =
                assertThrows(ScenarioException.class, () -> base.variant("other"));
        assertEquals(
                "test.json: there is no variant \"other\"; there are fixed, same",
                thrown.getMessage());
    }

    @Test
    void decisionsOfTheScenarioAreTaken() throws IOException, ScenarioException {
        Scenario scenario =
                scenario(
                        """
                        "choices": [{"name": "kernel.step", "taken": 77}, {"name": "kernel.step", "taken": 0}],
                        "expect": {"sequences": [{"order": [
                          "type == CHOICE && name == \\"kernel.step\\" && taken == 77",
                          "type == CHOICE && name == \\"kernel.step\\" && taken == 0"
                        ]}]},
                        """);
        assertEquals(List.of(), failures(scenario, 3, Map.of()));
    }
}
