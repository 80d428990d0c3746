package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The schema, the description and the parser must speak of the same keys.
class ScenarioSchemaTest {
    private static JsonNode definitions() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        ScenarioFile.class.getResourceAsStream("scenario.schema.json"))) {
            return new JsonMapper().readTree(in).get("$defs");
        }
    }

    static Stream<Shape> shapes() {
        return Stream.concat(
                ScenarioShapes.ALL.stream(), Arrays.stream(StepKind.values()).map(StepKind::shape));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void schemaAndParserAgreeOnKeys(Shape shape) throws IOException {
        JsonNode definition = definitions().get(shape.name());
        assertTrue(definition != null, "the schema lacks " + shape.name());
        TreeSet<String> names = new TreeSet<>(definition.get("properties").propertyNames());
        TreeSet<String> required = new TreeSet<>();
        definition.get("required").forEach(name -> required.add(name.asString()));
        TreeSet<String> expectedNames = new TreeSet<>();
        TreeSet<String> expectedRequired = new TreeSet<>();
        for (Shape.Key key : shape.keys()) {
            expectedNames.add(key.name());
            if (key.required()) {
                expectedRequired.add(key.name());
            }
        }
        assertEquals(expectedNames, names);
        assertEquals(expectedRequired, required);
    }

    @Test
    void everyStepIsAlternativeOfTheSchema() throws IOException {
        TreeSet<String> alternatives = new TreeSet<>();
        definitions()
                .get("step")
                .get("oneOf")
                .forEach(step ->
                        alternatives.add(step.get("$ref").asString().replace("#/$defs/", "")));
        TreeSet<String> expected = new TreeSet<>();
        for (StepKind kind : StepKind.values()) {
            expected.add(kind.label());
        }
        assertEquals(expected, alternatives);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void descriptionNamesEveryKey(Shape shape) throws IOException {
        String text = Files.readString(Path.of("../docs/scenario.md"));
        for (Shape.Key key : shape.keys()) {
            assertTrue(
                    key.name().equals("op") || text.contains("| `" + key.name() + "` |"),
                    shape.name() + "." + key.name());
        }
    }
}
