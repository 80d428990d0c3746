package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A scenario: a machine, processes that do things on it, and what a run is expected to show. Made
/// by [ScenarioFile]; everything in it is checked and every address known. Its code becomes words
/// with the settings of a run, which choose the GPU.
public final class Scenario {
    private final String source;
    private final String name;
    private final String about;
    private final long seed;
    private final List<Setting> settings;
    private final List<ProcessPlan> processes;
    private final List<Code> codes;
    private final long timeLimitNs;
    private final String expectedOutcome;
    private final List<String> expectedFindings;
    private final @Nullable List<Values> expectedFaults;
    private final List<Values> expectedGroups;

    Scenario(
            String source,
            Values root,
            List<Setting> settings,
            List<ProcessPlan> processes,
            List<Code> codes,
            long defaultTimeLimitNs) {
        this.source = source;
        this.name = root.text("name");
        this.about = root.text("about", "");
        this.seed = root.number("seed", 0);
        this.settings = List.copyOf(settings);
        this.processes = List.copyOf(processes);
        this.codes = List.copyOf(codes);
        this.timeLimitNs = root.number("time_limit", defaultTimeLimitNs);
        boolean hasExpectation = root.has("expect");
        this.expectedOutcome = hasExpectation ? root.one("expect").text("outcome", "idle") : "idle";
        this.expectedFindings = hasExpectation ? root.one("expect").texts("findings") : List.of();
        this.expectedGroups = hasExpectation ? root.one("expect").list("groups") : List.of();
        this.expectedFaults =
                hasExpectation && root.one("expect").has("faults")
                        ? root.one("expect").list("faults")
                        : null;
    }

    /// File it was read from.
    public String source() {
        return source;
    }

    public String name() {
        return name;
    }

    public String about() {
        return about;
    }

    /// Seed of a run that is not given another one.
    public long seed() {
        return seed;
    }

    /// Virtual time after which a run ends.
    public long timeLimitNs() {
        return timeLimitNs;
    }

    /// How a run has to end: `idle` or `time_limit`.
    public String expectedOutcome() {
        return expectedOutcome;
    }

    /// Rules of the analyzer that have to find something, and no others.
    public List<String> expectedFindings() {
        return expectedFindings;
    }

    /// Faults that have to be reported, of the shape [ScenarioShapes#FAULT], or null when any may.
    @Nullable List<Values> expectedFaults() {
        return expectedFaults;
    }

    /// What has to become of groups, of the shape [ScenarioShapes#GROUP_END].
    List<Values> expectedGroups() {
        return expectedGroups;
    }

    /// The process an expectation speaks of.
    String processOf(Values expectation) {
        return expectation.text("process", processes.getFirst().name());
    }

    List<Setting> settings() {
        return settings;
    }

    List<ProcessPlan> processes() {
        return processes;
    }

    /// The code of all steps, by index.
    List<Code> codes() {
        return codes;
    }

    /// A process.
    ///
    /// @param capSysNice whether it has CAP_SYS_NICE
    record ProcessPlan(String name, boolean capSysNice, List<ThreadPlan> threads) {}

    /// A thread.
    record ThreadPlan(String name, long startNs, List<Step> steps) {}
}
