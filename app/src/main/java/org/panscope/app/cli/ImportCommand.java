package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;
import org.panscope.core.merge.ClockAlignment;
import org.panscope.core.merge.TraceMerge;
import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TraceCopy;
import org.panscope.trace.io.TraceWriter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/// `panscope import`: converts whatever can be opened into a `.pscope`, or into its text twin when
/// the output is named `.jsonl`.
@Command(
        name = "import",
        description =
                "Converts a capture, a scenario or a trace into a .pscope or into JSON Lines;"
                        + " several captures of one run into one, their clocks aligned.")
final class ImportCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "What to convert; - reads standard input. Several are merged.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--clock",
            paramLabel = "FILE=NAME",
            description = {
                "Of several files: the clock one was recorded in (mono, boot, local, ...), where"
                        + " it does not say so itself."
            })
    private Map<String, String> clocks = new TreeMap<>();

    @Option(
            names = "--offset",
            paramLabel = "FILE=NS",
            description = {
                "Of several files: nanoseconds to add to the times of one so that they are those"
                        + " of the first."
            })
    private Map<String, String> offsets = new TreeMap<>();

    @Mixin private TraceOutput output = new TraceOutput();

    @Override
    public Integer call() throws IOException {
        Path named = output.file();
        PrintWriter out = spec.commandLine().getOut();
        if (files.size() > 1) {
            return merge(named, out);
        }
        refuseUnknown(clocks.keySet(), "--clock");
        refuseUnknown(offsets.keySet(), "--offset");
        try (ConsoleProgress progress = new ConsoleProgress("importing");
                OpenedTrace opened = TraceInputs.open(files.getFirst(), System.in, progress);
                PartFile file = new PartFile(named)) {
            try (TraceWriter writer = output.writer(file.path(), opened.trace().header())) {
                TraceCopy.copy(opened.trace(), writer);
            }
            file.complete();
            int losses = opened.trace().losses().size();
            out.println(
                    named
                            + ": "
                            + opened.trace().eventCount()
                            + " events"
                            + (losses == 0
                                    ? ", nothing lost"
                                    : ", losses: " + losses + " (see info)"));
        }
        return 0;
    }

    private int merge(Path named, PrintWriter out) throws IOException {
        refuseUnknown(clocks.keySet(), "--clock");
        refuseUnknown(offsets.keySet(), "--offset");
        List<OpenedTrace> opened = new ArrayList<>();
        try (ConsoleProgress progress = new ConsoleProgress("importing");
                PartFile file = new PartFile(named)) {
            List<ClockAlignment.Capture> captures = new ArrayList<>();
            for (String name : files) {
                OpenedTrace trace = TraceInputs.openToMerge(name, System.in, progress);
                opened.add(trace);
                captures.add(
                        new ClockAlignment.Capture(
                                name, trace.trace().header(), clocks.get(name), offset(name)));
            }
            List<Trace> traces = opened.stream().map(OpenedTrace::trace).toList();
            boolean cancelled =
                    TraceMerge.merge(
                            captures,
                            traces,
                            header -> output.writer(file.path(), header),
                            progress);
            if (cancelled) {
                throw new IOException(named + ": cancelled, nothing was written");
            }
            file.complete();
            long events = traces.stream().mapToLong(Trace::eventCount).sum();
            out.println(named + ": " + events + " events of " + files.size() + " files");
            return 0;
        } finally {
            opened.forEach(OpenedTrace::close);
        }
    }

    private @Nullable Long offset(String name) {
        String text = offsets.get(name);
        if (text == null) {
            return null;
        }
        try {
            return Long.valueOf(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    spec.commandLine(), "--offset " + name + "=" + text + ": no number of ns", e);
        }
    }

    private void refuseUnknown(Set<String> named, String option) {
        for (String name : named) {
            if (files.size() < 2 || !files.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        option + " " + name + ": is none of the files to be merged");
            }
        }
    }
}
