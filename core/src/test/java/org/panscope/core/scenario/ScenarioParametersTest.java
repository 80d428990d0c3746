package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ScenarioParametersTest {
    private static Scenario scenario(String parameters) throws ScenarioException {
        return ScenarioFile.parse(
                "test.json",
                """
                {"name": "t", "parameters": %s,
                 "processes": [{"name": "p", "threads": [{"name": "m", "steps": []}]}]}
                """
                        .formatted(parameters));
    }

    @Test
    void everyParameterHasANameOfItsOwnAndAMeaning() {
        Set<String> names = new LinkedHashSet<>();
        for (ScenarioParameters.Parameter parameter : ScenarioParameters.all()) {
            assertTrue(names.add(parameter.name()), parameter.name());
            assertFalse(parameter.doc().isBlank(), parameter.name() + " has no description");
        }
        assertTrue(
                names.containsAll(
                        List.of("fw.csg_slots", "kernel.tick_period_ns", "client.poll_ns")));
    }

    @Test
    void settingsReachTheMachineAndTheHeader() throws ScenarioException {
        MachineConfig config =
                ScenarioParameters.config(
                        scenario("{\"fw.csg_slots\": 4, \"kernel.tick_period_ns\": \"4ms\"}"),
                        Map.of("client.poll_ns", "7us"));
        assertEquals(4_000_000, config.kernel().tickPeriodNs());
        assertEquals(7_000, config.client().pollNs());
        assertEquals(4, config.gpu().get("fw.csg_slots"));
        assertEquals(
                Map.of(
                        "fw.csg_slots", "4",
                        "kernel.tick_period_ns", "4000000",
                        "client.poll_ns", "7000"),
                config.differences());
    }

    @Test
    void overrideBackToTheDefaultIsNoDifference() throws ScenarioException {
        MachineConfig config =
                ScenarioParameters.config(
                        scenario("{\"fw.csg_slots\": 4}"), Map.of("fw.csg_slots", "8"));
        assertEquals(Map.of(), config.differences());
    }

    @ParameterizedTest
    @CsvSource({
        "kernel.tick_perod_ns, 1, there is no parameter",
        "kernel.tick_period_ns, soon, is a number",
        "client.poll_ns, 0, pollNs at least 1",
        "fw.csg_slots, many, is a number",
    })
    void wrongSettingIsToldWithItsPlace(String name, String value, String message)
            throws ScenarioException {
        ScenarioException onCommandLine =
                assertThrows(
                        ScenarioException.class,
                        () -> ScenarioParameters.config(scenario("{}"), Map.of(name, value)));
        assertTrue(String.valueOf(onCommandLine.getMessage()).contains(message));
        Scenario inFile = scenario("{\"" + name + "\": \"" + value + "\"}");
        ScenarioException thrown =
                assertThrows(
                        ScenarioException.class, () -> ScenarioParameters.config(inFile, Map.of()));
        assertTrue(String.valueOf(thrown.getMessage()).contains(message), thrown.getMessage());
    }
}
