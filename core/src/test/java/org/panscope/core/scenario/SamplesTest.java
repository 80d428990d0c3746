package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Every sample, and each of its variants, is as it says of itself.
class SamplesTest {
    /// A sample, or a variant of one.
    record Case(Path file, String variant) {
        Scenario scenario() throws IOException, ScenarioException {
            Scenario base = ScenarioFile.read(file);
            return variant.isEmpty() ? base : base.variant(variant);
        }

        @Override
        public String toString() {
            return Samples.FOLDER.relativize(file) + (variant.isEmpty() ? "" : " " + variant);
        }
    }

    static Stream<Case> cases() throws IOException, ScenarioException {
        List<Case> cases = new ArrayList<>();
        for (Path file : Samples.files()) {
            cases.add(new Case(file, ""));
            for (String variant : ScenarioFile.read(file).variants()) {
                cases.add(new Case(file, variant));
            }
        }
        return cases.stream();
    }

    static Stream<Path> files() throws IOException {
        return Samples.files().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void runIsAsTheSampleSays(Case one) throws IOException, ScenarioException {
        Scenario scenario = one.scenario();
        ScenarioRun run = ScenarioRun.of(scenario, scenario.seed(), Map.of());
        assertEquals(List.of(), run.run(new NoTrace()).failures());
    }

    @ParameterizedTest
    @MethodSource("files")
    void sampleBeginsWithWhatToLookAtAndIsNamedAfterItsFile(Path file)
            throws IOException, ScenarioException {
        String text = Files.readString(file);
        assertTrue(text.startsWith("// "), "a comment comes first");
        Scenario scenario = ScenarioFile.read(file);
        assertEquals(String.valueOf(file.getFileName()).replace(".json", ""), scenario.name());
        assertFalse(scenario.about().isEmpty());
    }

    @Test
    void pageListsEverySample() throws IOException {
        String page = Files.readString(Samples.FOLDER.resolve("README.md"));
        for (Path file : Samples.files()) {
            String name = String.valueOf(file.getFileName());
            assertTrue(page.contains("`" + name + "`"), name);
        }
    }
}
