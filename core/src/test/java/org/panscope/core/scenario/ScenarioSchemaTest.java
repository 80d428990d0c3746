package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The schema and the description are made from what the parser checks against;
/// `-Dpanscope.golden=accept` writes both instead of comparing them.
class ScenarioSchemaTest {
    private static final Path SCHEMA =
            Path.of("src/main/resources/org/panscope/core/scenario/scenario.schema.json");
    private static final Path PAGE = Path.of("..", "docs", "scenario.md");

    @Test
    void schemaIsTheShapesAsTheyAre() throws IOException {
        String schema = ScenarioSchema.json();
        accept(SCHEMA, schema);
        assertEquals(schema, Files.readString(SCHEMA));
    }

    @Test
    void schemaIsJsonWithADefinitionForEveryStep() {
        JsonNode definitions = new JsonMapper().readTree(ScenarioSchema.json()).get("$defs");
        for (StepKind kind : StepKind.values()) {
            JsonNode step = definitions.get(kind.label());
            assertEquals(kind.label(), step.get("properties").get("op").get("const").asString());
        }
        assertEquals(StepKind.values().length, definitions.get("step").get("oneOf").size());
    }

    @Test
    void descriptionListsTheShapesAsTheyAre() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(ScenarioPage.BEGIN) + ScenarioPage.BEGIN.length();
        int end = page.indexOf(ScenarioPage.END);
        assertTrue(begin < end, "the page lacks its marks");
        String expected = page.substring(0, begin) + ScenarioPage.tables() + page.substring(end);
        accept(PAGE, expected);
        assertEquals(expected, Files.readString(PAGE));
    }

    private static void accept(Path file, String text) throws IOException {
        if ("accept".equals(System.getProperty("panscope.golden"))) {
            Files.writeString(file, text);
        }
    }
}
