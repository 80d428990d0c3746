package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.TracepointSet;
import org.panscope.core.sim.ReplayedChoices.Decision;

import java.util.ArrayList;
import java.util.List;

/// A scenario: a machine, processes that do things on it, and what a run is expected to show. Made
/// by [ScenarioFile]; everything in it is checked and every address known. Its code becomes words
/// with the settings of a run, which choose the GPU.
public final class Scenario {
    private static final long DEFAULT_TIME_LIMIT_NS = 10_000_000_000L;

    private final String source;
    private final Values root;
    private final @Nullable Values variant;
    private final List<ProcessPlan> processes;
    private final List<Code> codes;

    Scenario(String source, Values root, List<ProcessPlan> processes, List<Code> codes) {
        this(source, root, null, List.copyOf(processes), List.copyOf(codes));
    }

    private Scenario(
            String source,
            Values root,
            @Nullable Values variant,
            List<ProcessPlan> processes,
            List<Code> codes) {
        this.source = source;
        this.root = root;
        this.variant = variant;
        this.processes = processes;
        this.codes = codes;
    }

    /// File it was read from.
    public String source() {
        return source;
    }

    public String name() {
        return root.text("name");
    }

    /// What it shows; of a variant, what is different.
    public String about() {
        return at("about").text("about", "");
    }

    /// Seed of a run that is not given another one.
    public long seed() {
        return at("seed").number("seed", 0);
    }

    /// Virtual time after which a run ends.
    public long timeLimitNs() {
        return at("time_limit").number("time_limit", DEFAULT_TIME_LIMIT_NS);
    }

    // ---- variants -------------------------------------------------------------------------------

    /// Name of the variant this is, or null.
    public @Nullable String variant() {
        return variant == null ? null : variant.text("name");
    }

    /// Names of its variants, in the order of the file.
    public List<String> variants() {
        return root.list("variants").stream().map(each -> each.text("name")).toList();
    }

    /// The same steps with the settings and expectations of a variant.
    ///
    /// @throws ScenarioException if there is none of that name
    public Scenario variant(String name) throws ScenarioException {
        for (Values each : root.list("variants")) {
            if (each.text("name").equals(name)) {
                return new Scenario(source, root, each, processes, codes);
            }
        }
        throw new ScenarioException(
                source,
                "there is no variant \""
                        + name
                        + "\""
                        + (variants().isEmpty()
                                ? ", the scenario has none"
                                : "; there are " + String.join(", ", variants())));
    }

    /// The variant where it says something of a key, else the scenario.
    private Values at(String key) {
        return variant != null && variant.has(key) ? variant : root;
    }

    // ---- expectations ---------------------------------------------------------------------------

    private @Nullable Values expectation() {
        Values holder = at("expect");
        return holder.has("expect") ? holder.one("expect") : null;
    }

    private List<Values> expected(String key) {
        Values expectation = expectation();
        return expectation == null ? List.of() : expectation.list(key);
    }

    /// How a run has to end: `idle`, `waiting` or `time_limit`.
    public String expectedOutcome() {
        Values expectation = expectation();
        return expectation == null ? "idle" : expectation.text("outcome", "idle");
    }

    /// Rules of the analyzer that have to find something, and no others.
    public List<String> expectedFindings() {
        Values expectation = expectation();
        return expectation == null ? List.of() : expectation.texts("findings");
    }

    /// Faults that have to be reported, of the shape [ScenarioShapes#FAULT], or null when any may.
    @Nullable List<Values> expectedFaults() {
        Values expectation = expectation();
        return expectation != null && expectation.has("faults") ? expectation.list("faults") : null;
    }

    /// What has to become of groups, of the shape [ScenarioShapes#GROUP_END].
    List<Values> expectedGroups() {
        return expected("groups");
    }

    /// Events of which there has to be a number, of the shape [ScenarioShapes#EVENTS].
    List<Values> expectedEvents() {
        return expected("events");
    }

    /// Events that have to come in an order, of the shape [ScenarioShapes#SEQUENCE].
    List<Values> expectedSequences() {
        return expected("sequences");
    }

    /// The process an expectation speaks of.
    String processOf(Values expectation) {
        return expectation.text("process", processes.getFirst().name());
    }

    // ---- what is run ----------------------------------------------------------------------------

    /// Parameters and switches; later ones win.
    TracepointSet tracepoints() {
        return TracepointSet.of(root.texts("tracepoints"));
    }

    List<Setting> settings() {
        List<Setting> all = new ArrayList<>(settings(root));
        if (variant != null) {
            all.addAll(settings(variant));
        }
        return all;
    }

    private static List<Setting> settings(Values holder) {
        List<Setting> settings = new ArrayList<>();
        for (String key : List.of("parameters", "switches")) {
            if (holder.raw(key) instanceof ShapeReader.SettingList list) {
                settings.addAll(list.settings());
            }
        }
        return settings;
    }

    /// Decisions that are not left to the seed.
    List<Decision> decisions() {
        return at("choices").list("choices").stream()
                .map(each -> new Decision(each.text("name"), 0, each.number("taken")))
                .toList();
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
