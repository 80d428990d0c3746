package org.panscope.core.scenario;

import org.panscope.core.kernel.base.TracepointSet;
import org.panscope.core.scenario.Scenario.ProcessPlan;
import org.panscope.core.scenario.Scenario.ThreadPlan;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// Reads scenario files: JSON with comments, described in `docs/scenario.md` and in
/// `scenario.schema.json`. What is wrong is told with file, line and column; what was read can be
/// run, if the GPU it is run on has its instructions: see [ScenarioRun#of].
public final class ScenarioFile {
    private static final long MAX_BYTES = 16L << 20;

    private ScenarioFile() {}

    /// Reads a file.
    public static Scenario read(Path path) throws IOException, ScenarioException {
        return read(path, path.toString());
    }

    /// Reads a file that the user knows by another name.
    ///
    /// @param name for messages and the trace's header
    public static Scenario read(Path path, String name) throws IOException, ScenarioException {
        long size = Files.size(path);
        if (size > MAX_BYTES) {
            throw new ScenarioException(
                    name, size + " bytes are too many for a scenario, at most " + MAX_BYTES);
        }
        try {
            return parse(name, Files.readString(path));
        } catch (MalformedInputException e) {
            throw new ScenarioException(name, "the file is not UTF-8 text");
        }
    }

    /// Reads a text.
    ///
    /// @param file name for messages
    public static Scenario parse(String file, String text) throws ScenarioException {
        ShapeReader reader = new ShapeReader(file);
        Values root = reader.read(JsonTree.parse(file, text), ScenarioShapes.SCENARIO);
        List<ProcessPlan> processes = processes(file, root);
        for (ProcessPlan process : processes) {
            for (ThreadPlan thread : process.threads()) {
                checkVictims(file, thread.steps(), processes);
            }
        }
        List<Code> codes = new ArrayList<>();
        SequencedMap<String, Linker> linkers = new LinkedHashMap<>();
        for (ProcessPlan process : processes) {
            Linker linker = new Linker(file, codes);
            linker.link(process);
            linkers.put(process.name(), linker);
        }
        Exports.check(file, processes);
        linkExpectation(file, root, linkers);
        Set<String> variants = new LinkedHashSet<>();
        for (Values variant : root.list("variants")) {
            if (!variants.add(variant.text("name"))) {
                throw new ScenarioException(
                        file,
                        variant.place("name"),
                        "a variant \"" + variant.text("name") + "\" exists already");
            }
            if (variant.text("name").equals(Step.AS_WRITTEN)) {
                throw new ScenarioException(
                        file,
                        variant.place("name"),
                        "\"" + Step.AS_WRITTEN + "\" stands for the scenario without a variant");
            }
            linkExpectation(file, variant, linkers);
        }
        for (ProcessPlan process : processes) {
            for (ThreadPlan thread : process.threads()) {
                checkVariants(file, thread.steps(), variants);
            }
        }
        checkTracepoints(file, root);
        return new Scenario(file, root, processes, codes);
    }

    private static void linkExpectation(
            String file, Values holder, SequencedMap<String, Linker> linkers)
            throws ScenarioException {
        if (!holder.has("expect")) {
            return;
        }
        Values expectation = holder.one("expect");
        for (Values fault : expectation.list("faults")) {
            linker(file, linkers, fault).linkObject(fault, ScenarioShapes.FAULT);
        }
        for (Values group : expectation.list("groups")) {
            linker(file, linkers, group).linkObject(group, ScenarioShapes.GROUP_END);
            checkFlags(file, group);
        }
        // Filters that are none are found before the run.
        new EventExpectation(file, expectation.list("events"), expectation.list("sequences"));
    }

    private static void checkVictims(String file, List<Step> steps, List<ProcessPlan> processes)
            throws ScenarioException {
        for (Step step : steps) {
            Values args = step.args();
            if (step.kind() == StepKind.REPEAT) {
                checkVictims(file, args.steps("steps"), processes);
            } else if (step.kind() == StepKind.KILL_PROCESS) {
                String victim = args.text("process");
                if (processes.stream().noneMatch(plan -> plan.name().equals(victim))) {
                    throw new ScenarioException(
                            file, args.place("process"), "there is no process \"" + victim + "\"");
                }
            }
        }
    }

    private static void checkVariants(String file, List<Step> steps, Set<String> variants)
            throws ScenarioException {
        for (Step step : steps) {
            Values args = step.args();
            for (String name : args.texts("in")) {
                if (!name.equals(Step.AS_WRITTEN) && !variants.contains(name)) {
                    throw new ScenarioException(
                            file, args.place("in"), "there is no variant \"" + name + "\"");
                }
            }
            if (step.kind() == StepKind.REPEAT) {
                checkVariants(file, args.steps("steps"), variants);
            }
        }
    }

    private static Linker linker(
            String file, SequencedMap<String, Linker> linkers, Values expectation)
            throws ScenarioException {
        String name = expectation.text("process", linkers.firstEntry().getKey());
        Linker linker = linkers.get(name);
        if (linker == null) {
            throw new ScenarioException(
                    file, expectation.place("process"), "there is no process \"" + name + "\"");
        }
        return linker;
    }

    private static void checkTracepoints(String file, Values root) throws ScenarioException {
        try {
            TracepointSet.of(root.texts("tracepoints"));
        } catch (IllegalArgumentException e) {
            throw new ScenarioException(
                    file, root.place("tracepoints"), String.valueOf(e.getMessage()));
        }
    }

    private static void checkFlags(String file, Values group) throws ScenarioException {
        for (String flag : group.texts("flags")) {
            if (!GroupExpectation.FLAGS.contains(flag)) {
                throw new ScenarioException(
                        file,
                        group.place("flags"),
                        "\""
                                + flag
                                + "\" is no flag; there are "
                                + String.join(", ", GroupExpectation.FLAGS));
            }
        }
    }

    private static List<ProcessPlan> processes(String file, Values root) throws ScenarioException {
        List<ProcessPlan> processes = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Values process : root.list("processes")) {
            if (!names.add(process.text("name"))) {
                throw new ScenarioException(
                        file,
                        process.place("name"),
                        "a process \"" + process.text("name") + "\" exists already");
            }
            processes.add(
                    new ProcessPlan(
                            process.text("name"),
                            process.flag("cap_sys_nice"),
                            threads(file, process)));
        }
        if (processes.isEmpty()) {
            throw new ScenarioException(file, root.place("processes"), "at least one process");
        }
        return processes;
    }

    private static List<ThreadPlan> threads(String file, Values process) throws ScenarioException {
        List<ThreadPlan> threads = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Values thread : process.list("threads")) {
            if (!names.add(thread.text("name"))) {
                throw new ScenarioException(
                        file,
                        thread.place("name"),
                        "a thread \"" + thread.text("name") + "\" exists already");
            }
            threads.add(
                    new ThreadPlan(
                            thread.text("name"), thread.number("start", 0), thread.steps("steps")));
        }
        if (threads.isEmpty()) {
            throw new ScenarioException(file, process.place("threads"), "at least one thread");
        }
        return threads;
    }
}
