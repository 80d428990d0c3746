package org.panscope.core.input;

import org.panscope.core.scenario.ScenarioException;
import org.panscope.core.scenario.ScenarioFile;
import org.panscope.core.scenario.ScenarioResult;
import org.panscope.core.scenario.ScenarioRun;
import org.panscope.trace.io.PscopeWriter;
import org.panscope.trace.io.TraceWriter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Emulates a scenario into a trace file.
public final class Recording {
    private Recording() {}

    /// What came of a run.
    ///
    /// @param events number of events recorded
    /// @param outcome why and when the run ended, for people
    /// @param problems steps that did not go as the scenario says, one sentence each
    public record Result(long events, String outcome, List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /// Runs the scenario to its end and writes its trace, keyframes included. The file is written
    /// even when steps of the scenario fail: it shows why.
    ///
    /// @param settings switches and parameters that override the scenario's
    /// @throws IOException naming file, line and column when the scenario is wrong
    public static Result record(Path scenario, long seed, Map<String, String> settings, Path pscope)
            throws IOException {
        try {
            ScenarioRun run = ScenarioRun.of(ScenarioFile.read(scenario), seed, settings);
            try (TraceWriter writer =
                    new KeyframingWriter(PscopeWriter.create(pscope, run.header()))) {
                ScenarioResult result = run.run(writer);
                String outcome = result.reason() + " at " + result.endNs() + " ns";
                return new Result(result.events(), outcome, result.failures());
            }
        } catch (ScenarioException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
