package org.panscope.app.cli;

import org.panscope.trace.io.Trace;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// A format that [ExportCommand] writes for other tools.
interface ExportFormat {
    /// Every format there is.
    static List<ExportFormat> all() {
        return List.of(
                new FtraceExport(),
                new ChromeExport(),
                new PerfettoFile(),
                new CsvExport(),
                new JsonlExport());
    }

    /// What `--to` calls it.
    String label();

    /// Writes a trace. The stream is not closed.
    ///
    /// @return what a user should know of the result, a sentence each, for standard error
    /// @throws IOException also when the trace holds nothing this format could show
    List<String> write(Trace trace, OutputStream out, Options options) throws IOException;

    /// Wishes of the user.
    ///
    /// @param markers with what instrumented applications would have written
    /// @param nanoseconds times as exact as they are
    record Options(boolean markers, boolean nanoseconds) {}
}
