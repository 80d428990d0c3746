package org.panscope.core.analysis;

import org.panscope.core.scenario.Samples;
import org.panscope.core.scenario.Scenario;
import org.panscope.core.scenario.ScenarioException;
import org.panscope.core.scenario.ScenarioFile;
import org.panscope.core.scenario.ScenarioRun;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.PscopeReader;
import org.panscope.trace.io.PscopeWriter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Samples as the analyzer sees them.
final class AnalyzedSamples {
    /// Traces of as many events are made again each time.
    private static final long MOST_KEPT = 10_000;

    private static final Map<String, MemoryTrace> TRACES = new TreeMap<>();

    private AnalyzedSamples() {}

    /// The scenario of a file below `samples/`.
    ///
    /// @param variant empty for the sample as written
    static Scenario scenario(String file, String variant) {
        try {
            Scenario base = ScenarioFile.read(Samples.FOLDER.resolve(file));
            return variant.isEmpty() ? base : base.variant(variant);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ScenarioException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /// What a sample does when it runs as written; the same object for the same sample, so no
    /// sample that runs for long.
    static MemoryTrace trace(String file, String variant) {
        String key = file + " " + variant;
        MemoryTrace known = TRACES.get(key);
        if (known != null) {
            return known;
        }
        MemoryTrace trace = run(scenario(file, variant));
        if (trace.eventCount() < MOST_KEPT) {
            TRACES.put(key, trace);
        }
        return trace;
    }

    /// What the analyzer says of a scenario that runs as written, however long that is.
    ///
    /// @param folder for the trace meanwhile
    static Verdict verdict(Scenario scenario, Path folder) {
        Path file = folder.resolve("sample.pscope");
        try {
            ScenarioRun run = ScenarioRun.of(scenario, scenario.seed(), Map.of());
            try (PscopeWriter writer = PscopeWriter.create(file, run.header())) {
                run.run(writer);
            }
            try (PscopeReader trace = PscopeReader.open(file)) {
                return Analyzer.analyze(trace);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ScenarioException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static MemoryTrace run(Scenario scenario) {
        try {
            ScenarioRun run = ScenarioRun.of(scenario, scenario.seed(), Map.of());
            MemoryTrace trace = new MemoryTrace(run.header());
            run.run(trace);
            return trace;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ScenarioException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
