package org.panscope.core.scenario;

import org.panscope.trace.io.PscopeWriter;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// Records all samples into a folder: the program [DeterminismTest] runs in Java processes of their
/// own.
final class RecordMain {
    private RecordMain() {}

    /// Records.
    ///
    /// @param args folder to write into
    public static void main(String[] args) throws IOException, ScenarioException {
        for (Path sample : Samples.files()) {
            Scenario scenario = ScenarioFile.read(sample);
            record(scenario, scenario.seed(), Path.of(args[0]).resolve(nameOf(sample)));
        }
    }

    /// File a sample is recorded into.
    static String nameOf(Path sample) {
        String relative = Samples.FOLDER.relativize(sample).toString();
        return relative.replace(File.separatorChar, '-') + ".pscope";
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
