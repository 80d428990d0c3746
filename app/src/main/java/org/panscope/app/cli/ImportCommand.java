package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;
import org.panscope.trace.io.PscopeWriter;
import org.panscope.trace.io.TraceCopy;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.json.JsonlWriter;

import picocli.CommandLine.Command;
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
import java.util.concurrent.Callable;

/// `panscope import`: converts whatever can be opened into a `.pscope`, or into its text twin when
/// the output is named `.jsonl`.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Converts a capture. The output is a .pscope, or JSON Lines when its name ends in"
                        + " .jsonl.")
final class ImportCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Capture to convert; - reads standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where the trace goes.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        if (files.size() != 1 || output == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "this version converts one FILE at a time; merging captures is not built yet");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (ConsoleProgress progress = new ConsoleProgress("importing");
                OpenedTrace opened = TraceInputs.open(files.getFirst(), System.in, progress);
                PartFile file = new PartFile(output)) {
            try (TraceWriter writer = writerFor(output, file.path(), opened)) {
                TraceCopy.copy(opened.trace(), writer);
            }
            file.complete();
            int losses = opened.trace().losses().size();
            out.println(
                    output
                            + ": "
                            + opened.trace().eventCount()
                            + " events"
                            + (losses == 0
                                    ? ", nothing lost"
                                    : ", losses: " + losses + " (see info)"));
        }
        return 0;
    }

    private static TraceWriter writerFor(Path output, Path part, OpenedTrace opened)
            throws IOException {
        return output.toString().endsWith(".jsonl")
                ? JsonlWriter.create(part, opened.trace().header())
                : PscopeWriter.create(part, opened.trace().header());
    }
}
