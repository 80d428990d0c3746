package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Isa;
import org.panscope.core.kernel.base.TracepointSet;
import org.panscope.core.sim.ChoiceSource;
import org.panscope.core.sim.ReplayedChoices;
import org.panscope.core.sim.SeededChoices;
import org.panscope.trace.io.Producer;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.io.TraceWriter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A scenario with everything a run depends on: the seed, and settings given in addition to the
/// scenario's own. The same of all three gives the same events.
public final class ScenarioRun {
    private static final long SLICE_NS = 1_000_000;

    private final Scenario scenario;
    private final long seed;
    private final MachineConfig config;
    private final Program program;
    private final boolean asWritten;

    private ScenarioRun(
            Scenario scenario,
            long seed,
            MachineConfig config,
            Program program,
            boolean asWritten) {
        this.scenario = scenario;
        this.seed = seed;
        this.config = config;
        this.program = program;
        this.asWritten = asWritten;
    }

    /// Told how far a run is.
    @FunctionalInterface
    public interface Progress {
        /// Called now and then, at most once a virtual millisecond.
        void at(long timeNs, long limitNs, long events);
    }

    /// A run to be.
    ///
    /// @param settings parameters and switches that override the scenario's
    /// @throws ScenarioException if a setting does not exist or its value does not fit, or if code
    ///   is none of the GPU that they choose
    public static ScenarioRun of(Scenario scenario, long seed, Map<String, String> settings)
            throws ScenarioException {
        return of(scenario, seed, settings, List.of());
    }

    /// A run to be.
    ///
    /// @param settings parameters and switches that override the scenario's
    /// @param tracepoints tracepoints that are on beside the scenario's
    /// @throws ScenarioException as above
    /// @throws IllegalArgumentException if one of `tracepoints` names none
    public static ScenarioRun of(
            Scenario scenario, long seed, Map<String, String> settings, List<String> tracepoints)
            throws ScenarioException {
        MachineConfig config =
                ScenarioParameters.config(scenario, settings, TracepointSet.of(tracepoints));
        Isa isa = Isa.of(config.gpu().architecture());
        boolean asWritten = seed == scenario.seed() && settings.isEmpty();
        return new ScenarioRun(scenario, seed, config, new Program(scenario, isa), asWritten);
    }

    public Scenario scenario() {
        return scenario;
    }

    /// Header of the trace to write the run into. It names the scenario's file without its folder:
    /// the same run gives the same bytes wherever the file lies. GPU_ID is told even when it is the
    /// usual one: readers take the instruction set from it.
    public TraceHeader header() {
        TreeMap<String, String> attributes = new TreeMap<>(config.differences());
        long gpuId = config.gpu().get(GpuParameters.GPU_ID);
        attributes.put(GpuParameters.GPU_ID, "0x" + Long.toHexString(gpuId));
        attributes.put("scenario", scenario.name());
        attributes.put("seed", Long.toString(seed));
        String variant = scenario.variant();
        if (variant != null) {
            attributes.put("variant", variant);
        }
        return new TraceHeader(
                TraceHeader.EMULATOR, fileName(), "virtual", 0, Producer.name(), attributes);
    }

    /// Without its folders: the same scenario gives the same bytes wherever it lies.
    private String fileName() {
        Path name = Path.of(scenario.source()).getFileName();
        return name == null ? scenario.source() : name.toString();
    }

    /// Runs to the end.
    public ScenarioResult run(TraceWriter writer) throws IOException {
        return run(writer, (_, _, _) -> {});
    }

    /// Runs to the end.
    public ScenarioResult run(TraceWriter writer, Progress progress) throws IOException {
        RunningScenario running = start(writer, new SeededChoices(seed));
        for (long limitNs = SLICE_NS; !running.advance(limitNs); limitNs += SLICE_NS) {
            progress.at(running.nowNs(), scenario.timeLimitNs(), writer.eventCount());
        }
        return running.finish();
    }

    /// Builds the machine and lets the caller decide how far it runs, and by which choices, except
    /// those the scenario takes itself.
    public RunningScenario start(TraceWriter writer, ChoiceSource choices) {
        List<ReplayedChoices.Decision> decisions = scenario.decisions();
        ChoiceSource source =
                decisions.isEmpty() ? choices : ReplayedChoices.script(decisions, choices);
        return new RunningScenario(scenario, program, config, source, expectation(), writer);
    }

    /// What is said of single events holds for the run as written, and not for other seeds and
    /// settings.
    private @Nullable EventExpectation expectation() {
        boolean isNone =
                scenario.expectedEvents().isEmpty() && scenario.expectedSequences().isEmpty();
        if (!asWritten || isNone) {
            return null;
        }
        try {
            return new EventExpectation(
                    scenario.source(), scenario.expectedEvents(), scenario.expectedSequences());
        } catch (ScenarioException e) {
            throw new IllegalStateException("was checked when it was read", e);
        }
    }
}
