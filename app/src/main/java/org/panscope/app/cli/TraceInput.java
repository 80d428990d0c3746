package org.panscope.app.cli;

import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;

import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.List;

/// The FILE argument of a command that reads a trace.
final class TraceInput {
    @Parameters(
            paramLabel = "FILE",
            description =
                    "Trace, scenario or capture; the format is found from the content. - reads"
                            + " standard input.")
    private String file = "-";

    /// Opens it, showing progress when that takes long.
    OpenedTrace open() throws IOException {
        return open(List.of());
    }

    /// As [#open()].
    ///
    /// @param tracepoints tracepoints of the kernel that are on while a scenario runs, beside its
    ///   own
    OpenedTrace open(List<String> tracepoints) throws IOException {
        try (ConsoleProgress progress = new ConsoleProgress("reading")) {
            return TraceInputs.open(file, System.in, progress, tracepoints);
        }
    }

    String name() {
        return file;
    }
}
