package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.app.query.QueryCache;
import org.panscope.core.input.TraceInputs;
import org.panscope.core.sql.TraceDatabase;
import org.panscope.core.sql.derived.AnalyzerFindings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The tables of `query` as a folder of Parquet files, which several traces can share.
final class ParquetExport {
    /// What `--to` calls it.
    static final String LABEL = "parquet";

    private ParquetExport() {}

    /// @param name of the trace, or null for that of its file
    static void write(TraceInput input, Path folder, @Nullable String name) throws IOException {
        try (LazyTrace trace = new LazyTrace(input, List.of());
                TraceDatabase database =
                        TraceDatabase.open(
                                trace.file(), QueryCache.ofUser(), trace, new AnalyzerFindings());
                ConsoleProgress progress = new ConsoleProgress("tables")) {
            database.exportParquet(folder, name == null ? nameOf(input) : name, progress);
        }
    }

    private static String nameOf(TraceInput input) {
        if (input.name().equals(TraceInputs.STANDARD_INPUT)) {
            return "stdin";
        }
        String file = String.valueOf(Path.of(input.name()).getFileName());
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }
}
