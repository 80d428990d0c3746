package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.app.query.QueryCache;
import org.panscope.app.query.ResultWriter;
import org.panscope.core.input.TraceInputs;
import org.panscope.core.sql.QueryRun;
import org.panscope.core.sql.TraceDatabase;
import org.panscope.core.sql.derived.AnalyzerFindings;
import org.panscope.core.sql.schema.ColumnInfo;
import org.panscope.core.sql.schema.TableInfo;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// `panscope query`: SQL over a trace. The tables are kept in the user's cache folder, so that only
/// the first query of a trace reads it.
@Command(
        name = "query",
        description = {
            "Answers SQL over a trace.",
            "Tables: events; one for each event type, such as db_ring; queues, groups, slots, jobs,"
                    + " fences, waits, batches, findings. --tables lists them with their columns."
        })
final class QueryCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private TraceInput input = new TraceInput();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SQL",
            description = "One statement of DuckDB's SQL; - reads standard input.")
    private @Nullable String sql;

    @Option(names = "--tables", description = "Lists the tables and their columns.")
    private boolean isListing;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ResultWriter.Format format = ResultWriter.Format.TABLE;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the answer goes (default: standard output).")
    private @Nullable Path output;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many rows; says so when there are more.")
    private @Nullable Long limit;

    @Override
    public Integer call() throws IOException {
        checkUsage();
        String statement = isListing ? "" : statement();
        try (LazyTrace trace = new LazyTrace(input, List.of());
                TraceDatabase database =
                        TraceDatabase.open(
                                trace.file(), QueryCache.ofUser(), trace, new AnalyzerFindings());
                ConsoleProgress progress = new ConsoleProgress("tables")) {
            if (isListing) {
                list(database, progress);
                return 0;
            }
            try (QueryRun run = database.query(statement, progress)) {
                run.start();
                write(run);
            }
        }
        return 0;
    }

    private void checkUsage() {
        if (isListing == (sql != null)) {
            throw new ParameterException(
                    spec.commandLine(), "give either a statement or --tables; - reads a statement");
        }
        if (limit != null && limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit " + limit + ": at least 0");
        }
        if (TraceInputs.STANDARD_INPUT.equals(sql)
                && input.name().equals(TraceInputs.STANDARD_INPUT)) {
            throw new ParameterException(
                    spec.commandLine(), "trace and SQL cannot both come from standard input");
        }
    }

    private String statement() throws IOException {
        String text = sql == null ? "" : sql;
        return text.equals(TraceInputs.STANDARD_INPUT)
                ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                : text;
    }

    private void write(QueryRun run) throws IOException {
        if (output == null) {
            PrintWriter out = spec.commandLine().getOut();
            write(run, out);
            out.flush();
            return;
        }
        try (PartFile file = new PartFile(output)) {
            try (BufferedWriter out = Files.newBufferedWriter(file.path())) {
                write(run, out);
            }
            file.complete();
        }
    }

    private void write(QueryRun run, Writer out) throws IOException {
        ResultWriter result = format.on(out);
        if (run.columns().isEmpty()) {
            return;
        }
        result.begin(run.columns());
        long rows = 0;
        @Nullable Object[] row = run.next();
        while (row != null && (limit == null || rows < limit) && !isClosed(out)) {
            result.row(row);
            rows++;
            row = run.next();
        }
        result.end();
        if (row != null && !isClosed(out)) {
            spec.commandLine()
                    .getErr()
                    .println("panscope: there are more rows; these are the first " + rows);
        }
    }

    /// Whether nobody reads any more, as behind `head`.
    private static boolean isClosed(Writer out) {
        return out instanceof PrintWriter printer && printer.checkError();
    }

    private void list(TraceDatabase database, ConsoleProgress progress) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> shortNames = database.shortNames(progress);
        for (TableInfo table : database.tables(progress)) {
            String shortName = shortNames.getOrDefault(table.name(), "");
            out.println(
                    quoted(table.name())
                            + (shortName.isEmpty() ? "" : ", also " + shortName)
                            + ": "
                            + table.doc());
            for (ColumnInfo column : table.columns()) {
                out.println(
                        String.format("  %-20s %-8s %s", column.name(), column.type(), column.doc())
                                .stripTrailing());
            }
            out.println();
        }
        out.flush();
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name + '"';
    }
}
