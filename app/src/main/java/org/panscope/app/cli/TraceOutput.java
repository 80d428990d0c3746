package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.PscopeWriter;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.json.JsonlWriter;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/// The `-o FILE` option of commands that write a trace. The name's ending decides between the
/// container and its text twin.
final class TraceOutput {
    private static final String TEXT_TWIN = ".jsonl";

    /// Endings of what people would not expect a trace in.
    private static final Set<String> OF_OTHER_FORMATS =
            Set.of(
                    ".csv", ".dat", ".gz", ".html", ".json", ".md", ".png", ".svg", ".txt", ".xml",
                    ".zip", ".zst");

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the trace goes: a .pscope, or JSON Lines if named .jsonl.")
    private @Nullable Path file;

    /// The file named.
    ///
    /// @throws ParameterException when there is none, or its name promises another format
    Path file() {
        if (file == null) {
            throw new ParameterException(
                    command.commandLine(), "Missing required option: '--output=FILE'");
        }
        String ending = ending(file);
        if (OF_OTHER_FORMATS.contains(ending)) {
            throw new ParameterException(
                    command.commandLine(),
                    file + ": a trace is named .pscope or .jsonl, not " + ending);
        }
        return file;
    }

    /// Opens a writer in the format the named file is to have.
    TraceWriter writer(Path part, TraceHeader header) throws IOException {
        return ending(file()).equals(TEXT_TWIN)
                ? JsonlWriter.create(part, header)
                : PscopeWriter.create(part, header);
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot);
    }
}
