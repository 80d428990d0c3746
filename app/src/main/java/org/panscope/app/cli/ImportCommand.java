package org.panscope.app.cli;

import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;
import org.panscope.trace.io.TraceCopy;
import org.panscope.trace.io.TraceWriter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `panscope import`: converts whatever can be opened into a `.pscope`, or into its text twin when
/// the output is named `.jsonl`.
@Command(
        name = "import",
        description =
                "Converts a capture, a scenario or a trace into a .pscope or into JSON Lines.")
final class ImportCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "What to convert; - reads standard input.")
    private List<String> files = new ArrayList<>();

    @Mixin private TraceOutput output = new TraceOutput();

    @Override
    public Integer call() throws IOException {
        if (files.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "this version converts one FILE at a time; merging captures is not built yet");
        }
        Path named = output.file();
        PrintWriter out = spec.commandLine().getOut();
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
}
