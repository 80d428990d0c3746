package org.panscope.core.scenario;

import org.panscope.trace.io.PscopeWriter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// Records a sample into a file: the program [DeterminismTest] runs in Java processes of their own.
final class RecordMain {
    private RecordMain() {}

    /// Records.
    ///
    /// @param args name of the sample, file to write
    public static void main(String[] args) throws IOException, ScenarioException {
        Scenario scenario = ScenarioFile.read(Runs.SAMPLES.resolve(args[0]));
        record(scenario, scenario.seed(), Path.of(args[1]));
    }

    static void record(Scenario scenario, long seed, Path file)
            throws IOException, ScenarioException {
        ScenarioRun run = ScenarioRun.of(scenario, seed, Map.of());
        try (PscopeWriter writer = PscopeWriter.create(file, run.header())) {
            ScenarioResult result = run.run(writer);
            if (!result.isAsExpected()) {
                throw new IllegalStateException(result.failures().toString());
            }
        }
    }
}
