package org.panscope.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.panscope.core.scenario.Samples;
import org.panscope.core.scenario.Scenario;
import org.panscope.core.scenario.ScenarioException;
import org.panscope.core.scenario.ScenarioFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Every sample and each of its variants breaks the rules its file names, and no other.
class SampleVerdictTest {
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

    @TempDir Path folder = Path.of("");

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

    @ParameterizedTest
    @MethodSource("cases")
    void breaksWhatItSays(Case one) throws IOException, ScenarioException {
        Scenario scenario = one.scenario();
        SortedSet<String> expected = new TreeSet<>(RuleOrder.BY_NUMBER);
        expected.addAll(scenario.expectedFindings());
        Verdict verdict = AnalyzedSamples.verdict(scenario, folder);
        SortedSet<String> broken = new TreeSet<>(RuleOrder.BY_NUMBER);
        broken.addAll(verdict.brokenRules());
        assertEquals(expected.toString(), broken.toString(), () -> verdict.findings().toString());
        assertEquals(List.of(), verdict.uncheckable(), "a run tells everything");
    }

    @Test
    void samplesAreThere() throws IOException, ScenarioException {
        assertTrue(cases().count() > 80);
    }
}
