package org.panscope.app.cli;

import org.panscope.core.sql.DatabaseCache;
import org.panscope.core.sql.QueryRun;
import org.panscope.core.sql.TraceDatabase;
import org.panscope.core.sql.derived.AnalyzerFindings;
import org.panscope.trace.io.Producer;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.PscopeReader;
import org.panscope.trace.io.bench.TraceBench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Asks a generated trace what `panscope query` would be asked: the first question loads the
/// events, later ones find them in the cache.
final class QueryBench {
    private static final int RUNS = 5;
    private static final String COUNT =
            "SELECT type, count(*) AS n FROM events GROUP BY type ORDER BY n DESC";
    private static final String JOIN =
            "SELECT e.type, count(*), avg(e.t - c.t) FROM events e JOIN events c ON e.cause = c.seq"
                    + " GROUP BY e.type";
    private static final String TYPED =
            "SELECT gid, count(*), max(new_insert) FROM insert_write GROUP BY gid";
    private static final String DERIVED = "SELECT count(*), avg(end_t - insert_t) FROM batches";

    private QueryBench() {}

    /// What was measured, in ns of wall time.
    ///
    /// @param firstNs the first count by type, which loads the events
    /// @param countNs a later one, the fastest of some; with a new connection, as every command has
    /// @param joinNs every event with its cause
    /// @param typeNs loading one event type and asking for it
    /// @param derivedNs making all derived tables and asking one of them
    record Result(
            long events,
            long traceBytes,
            long tableBytes,
            long firstNs,
            long countNs,
            long joinNs,
            long typeNs,
            long derivedNs) {

        /// All figures, one a line.
        String describe() {
            return String.format(
                    Locale.ROOT,
                    """
                    events              %,d
                    trace               %,d bytes, %.1f bytes/event
                    tables              %,d bytes, %.1f bytes/event
                    first count by type %.2f s, %,.0f events/s loaded
                    count by type       %.0f ms
                    join with cause     %.0f ms
                    first of a type     %.2f s
                    derived tables      %.2f s
                    """,
                    events,
                    traceBytes,
                    traceBytes / (double) events,
                    tableBytes,
                    tableBytes / (double) events,
                    firstNs / 1e9,
                    events * 1e9 / Math.max(1, firstNs),
                    countNs / 1e6,
                    joinNs / 1e6,
                    typeNs / 1e9,
                    derivedNs / 1e9);
        }
    }

    /// Measures with this many events, in files of `folder` that are deleted afterwards.
    static Result run(long events, Path folder) throws IOException {
        Path file = folder.resolve("bench.pscope");
        Path tables = folder.resolve("tables");
        try {
            TraceBench.write(file, events);
            try (PscopeReader trace = PscopeReader.open(file);
                    TraceDatabase database =
                            TraceDatabase.open(
                                    file,
                                    new DatabaseCache(tables, Producer.name()),
                                    () -> trace,
                                    new AnalyzerFindings())) {
                long firstNs = ask(database, COUNT);
                long countNs = fastest(database, COUNT);
                long joinNs = fastest(database, JOIN);
                long typeNs = ask(database, TYPED);
                long derivedNs = ask(database, DERIVED);
                return new Result(
                        events,
                        Files.size(file),
                        size(tables),
                        firstNs,
                        countNs,
                        joinNs,
                        typeNs,
                        derivedNs);
            }
        } finally {
            Files.deleteIfExists(file);
            delete(tables);
        }
    }

    private static long fastest(TraceDatabase database, String sql) throws IOException {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            best = Math.min(best, ask(database, sql));
        }
        return best;
    }

    private static long ask(TraceDatabase database, String sql) throws IOException {
        long start = System.nanoTime();
        try (QueryRun run = database.query(sql, Progress.NONE)) {
            run.start();
            long rows = 0;
            while (run.next() != null) {
                rows++;
            }
            if (rows == 0) {
                throw new IllegalStateException("no rows: sql=" + sql);
            }
        }
        return System.nanoTime() - start;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private static long size(Path folder) throws IOException {
        long size = 0;
        for (Path file : files(folder)) {
            size += Files.isRegularFile(file) ? Files.size(file) : 0;
        }
        return size;
    }

    private static void delete(Path folder) throws IOException {
        for (Path file : new ArrayList<>(files(folder))) {
            Files.deleteIfExists(file);
        }
    }
}
