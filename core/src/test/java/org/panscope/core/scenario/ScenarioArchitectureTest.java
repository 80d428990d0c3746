package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.core.state.view.TraceArchitecture;

import java.util.Map;

/// Code of a scenario is that of the emulated GPU, whoever chooses it.
class ScenarioArchitectureTest {
    private static final String V12 = "0xc8700000";

    private static String scenario(String parameters, String line) {
        return """
        {"name": "t", "parameters": %s, "processes": [{"name": "p", "threads": [{"name": "m", "steps": [
        {"op": "open", "name": "dev"}, {"op": "bo_create", "name": "cmd", "size": 4096},
        {"op": "bo_write", "bo": "cmd", "code": [
          "NOP",
          "%s"]}]}]}]}
        """
                .formatted(parameters, line);
    }

    private static ScenarioRun load(String parameters, String line, Map<String, String> settings)
            throws ScenarioException {
        return ScenarioRun.of(
                ScenarioFile.parse("test.json", scenario(parameters, line)), 0, settings);
    }

    private static ScenarioException refused(
            String parameters, String line, Map<String, String> settings) {
        return assertThrows(ScenarioException.class, () -> load(parameters, line, settings));
    }

    @Test
    void theGpuOfTheScenarioDecides() throws ScenarioException {
        ScenarioRun run =
                load("{\"gpu.id\": \"" + V12 + "\"}", "LOGIC_OP32.XOR r2, r3, r4.direct", Map.of());
        assertEquals("v12", TraceArchitecture.of(run.header()).toString());
    }

    @Test
    void settingsThatComeLaterDecide() throws ScenarioException {
        String parameters = "{\"gpu.id\": \"" + V12 + "\"}";
        load("{}", "LOGIC_OP32.XOR r2, r3, r4.direct", Map.of("gpu.id", V12));
        load(parameters, "RUN_TILING.srt0.spd0.tsd0.fau0", Map.of("gpu.id", "0xa8670005"));
        ScenarioException thrown = refused(parameters, "RUN_TILING.srt0", Map.of());
        assertTrue(String.valueOf(thrown.getMessage()).contains("it exists in v10 alone"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0xa8670005 | LOGIC_OP32.XOR r2, r3, r4.direct | v10 has no instruction LOGIC_OP32; it exists from v11 on
                    0xb8000000 | RUN_IDVS2.early r0, #0 | the line is right from v12 on
                    0xc8700000 | RUN_IDVS.varying_srt0.varying_fau0.varying_tsd0.frag_srt0.frag_tsd0 r0, #0 | it exists up to v11
                    0xc8700000 | RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1 | the line is right up to v11
                    0xd8000000 | FROB r1 | v13 has no instruction FROB: FROB r1
                    """)
    void whatTheGpuLacksIsToldWithPlaceAndArchitecture(String id, String line, String told) {
        ScenarioException thrown = refused("{}", line, Map.of("gpu.id", id));
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.startsWith("test.json:5:3: cannot assemble \"" + line), message);
        assertTrue(message.contains(" for v" + Integer.parseInt(id.substring(2, 3), 16)), message);
        assertTrue(message.contains(told), message);
    }

    @Test
    void gpuOfAnUnknownArchitectureIsRefused() {
        String why = "gpu.id (bits 31:28): architecture 14 is not known; there are 10 to 13";
        ScenarioException inFile = refused("{\"gpu.id\": \"0xe8000000\"}", "NOP", Map.of());
        assertEquals("test.json:1:30: " + why, inFile.getMessage());
        ScenarioException setting = refused("{}", "NOP", Map.of("gpu.id", "0xe8000000"));
        assertEquals("settings: " + why, setting.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> ScenarioParameters.check(Map.of("gpu.id", "-1")));
    }
}
