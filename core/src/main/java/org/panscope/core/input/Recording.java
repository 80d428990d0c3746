package org.panscope.core.input;

import org.jspecify.annotations.Nullable;
import org.panscope.core.scenario.Scenario;
import org.panscope.core.scenario.ScenarioException;
import org.panscope.core.scenario.ScenarioFile;
import org.panscope.core.scenario.ScenarioResult;
import org.panscope.core.scenario.ScenarioRun;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TraceWriterFactory;

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
    /// @param seed the seed it ran with
    /// @param outcome why and when the run ended, for people
    /// @param problems steps that did not go as the scenario says, one sentence each
    public record Result(long events, long seed, String outcome, List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /// As below, with no tracepoints but the scenario's.
    public static Result record(
            Path scenario,
            @Nullable String variant,
            @Nullable Long seed,
            Map<String, String> settings,
            TraceWriterFactory target)
            throws IOException {
        return record(scenario, variant, seed, settings, List.of(), target);
    }

    /// Runs the scenario to its end and writes its trace, keyframes included. The trace is complete
    /// even when steps of the scenario fail: it shows why.
    ///
    /// @param variant name of the variant to run, or null for the scenario itself
    /// @param seed seed of all free decisions, or null for the scenario's own
    /// @param settings switches and parameters that override the scenario's
    /// @param tracepoints tracepoints of the kernel that are on beside the scenario's
    /// @throws IOException naming file, line and column when the scenario is wrong
    public static Result record(
            Path scenario,
            @Nullable String variant,
            @Nullable Long seed,
            Map<String, String> settings,
            List<String> tracepoints,
            TraceWriterFactory target)
            throws IOException {
        InputFormat format = TraceInputs.formatOf(scenario);
        if (format != InputFormat.SCENARIO) {
            TraceInputs.refuse(format, scenario.toString());
            throw new IOException(scenario + ": is no scenario, but " + format.label());
        }
        return record(scenario, scenario.toString(), variant, seed, settings, tracepoints, target);
    }

    /// As above for a file known to be meant as a scenario.
    ///
    /// @param name what the user calls the file
    static Result record(
            Path file,
            String name,
            @Nullable String variant,
            @Nullable Long seed,
            Map<String, String> settings,
            List<String> tracepoints,
            TraceWriterFactory target)
            throws IOException {
        try {
            Scenario read = ScenarioFile.read(file, name);
            Scenario scenario = variant == null ? read : read.variant(variant);
            return record(scenario, seed, settings, tracepoints, target);
        } catch (ScenarioException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// As above for a scenario that was read already.
    ///
    /// @throws ScenarioException when a setting does not exist or does not fit
    public static Result record(
            Scenario scenario,
            @Nullable Long seed,
            Map<String, String> settings,
            TraceWriterFactory target)
            throws IOException, ScenarioException {
        return record(scenario, seed, settings, List.of(), target);
    }

    private static Result record(
            Scenario scenario,
            @Nullable Long seed,
            Map<String, String> settings,
            List<String> tracepoints,
            TraceWriterFactory target)
            throws IOException, ScenarioException {
        long used = seed == null ? scenario.seed() : seed;
        ScenarioRun run = ScenarioRun.of(scenario, used, settings, tracepoints);
        try (TraceWriter writer = new KeyframingWriter(target.open(run.header()))) {
            ScenarioResult result = run.run(writer);
            String outcome = result.reason() + " at " + result.endNs() + " ns";
            return new Result(result.events(), used, outcome, result.failures());
        }
    }
}
