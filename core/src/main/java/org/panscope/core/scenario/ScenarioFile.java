package org.panscope.core.scenario;

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
    private static final long DEFAULT_TIME_LIMIT_NS = 10_000_000_000L;
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
        List<Setting> settings = new ArrayList<>();
        for (String key : List.of("parameters", "switches")) {
            if (root.raw(key) instanceof ShapeReader.SettingList list) {
                settings.addAll(list.settings());
            }
        }
        List<ProcessPlan> processes = processes(file, root);
        List<Code> codes = new ArrayList<>();
        SequencedMap<String, Linker> linkers = new LinkedHashMap<>();
        for (ProcessPlan process : processes) {
            Linker linker = new Linker(file, codes);
            linker.link(process);
            linkers.put(process.name(), linker);
        }
        Exports.check(file, processes);
        if (root.has("expect")) {
            for (Values fault : root.one("expect").list("faults")) {
                linker(file, linkers, fault).linkObject(fault, ScenarioShapes.FAULT);
            }
            for (Values group : root.one("expect").list("groups")) {
                linker(file, linkers, group).linkObject(group, ScenarioShapes.GROUP_END);
                checkFlags(file, group);
            }
        }
        return new Scenario(file, root, settings, processes, codes, DEFAULT_TIME_LIMIT_NS);
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
            processes.add(new ProcessPlan(process.text("name"), threads(file, process)));
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
