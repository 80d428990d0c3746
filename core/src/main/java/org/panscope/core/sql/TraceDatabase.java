package org.panscope.core.sql;

import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.panscope.core.sql.derived.DerivedTables;
import org.panscope.core.sql.derived.FindingSource;
import org.panscope.core.sql.schema.ColumnInfo;
import org.panscope.core.sql.schema.EventTables;
import org.panscope.core.sql.schema.EventTables.TypeTable;
import org.panscope.core.sql.schema.TableInfo;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.Trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The tables of one trace, loaded as queries name them: the events, then each event type and what
/// is derived, all in files of a [DatabaseCache] that later queries only read.
///
/// Not for several threads at once, except that a running query may be cancelled from another.
public final class TraceDatabase implements AutoCloseable {
    private final Path folder;
    private final boolean isTemporary;
    private final DatabaseCache cache;
    private final TraceSource source;
    private final FindingSource findings;
    private final long inputBytes;
    private @Nullable TableCatalog catalog;

    private TraceDatabase(
            Path folder,
            boolean isTemporary,
            DatabaseCache cache,
            TraceSource source,
            FindingSource findings,
            long inputBytes) {
        this.folder = folder;
        this.isTemporary = isTemporary;
        this.cache = cache;
        this.source = source;
        this.findings = findings;
        this.inputBytes = inputBytes;
    }

    /// Opens the database of a trace; nothing is loaded yet.
    ///
    /// @param file what the trace is read from; null, or anything but a file, is not kept for later
    public static TraceDatabase open(
            @Nullable Path file, DatabaseCache cache, TraceSource source, FindingSource findings)
            throws IOException {
        Path kept = file == null ? null : cache.folderFor(file);
        return new TraceDatabase(
                kept == null ? Files.createTempDirectory("panscope-sql") : kept,
                kept == null,
                cache,
                source,
                findings,
                file != null && Files.isRegularFile(file) ? Files.size(file) : 0);
    }

    /// Every table, with the columns SQL sees.
    public List<TableInfo> tables(Progress progress) throws IOException {
        try (DuckDBConnection connection = DuckDb.connect(folder)) {
            return catalog(connection, progress).tables();
        } catch (SQLException e) {
            throw QueryException.of(e, List.of());
        }
    }

    /// Second names of tables, by name of the table.
    public Map<String, String> shortNames(Progress progress) throws IOException {
        Map<String, String> names = new LinkedHashMap<>();
        for (TableInfo table : tables(progress)) {
            String name = catalog == null ? "" : catalog.shortNameOf(table);
            if (!name.isEmpty()) {
                names.put(table.name(), name);
            }
        }
        return names;
    }

    /// Prepares one statement, loading what it names. It can read the tables and nothing else of
    /// this machine.
    ///
    /// @throws QueryException saying in one line what is wrong with it
    public QueryRun query(String sql, Progress progress) throws IOException {
        SqlText text = SqlText.of(sql);
        if (text.isEmpty()) {
            throw new QueryException("SQL: there is no statement");
        }
        if (!text.isSingleStatement()) {
            throw new QueryException("SQL: one statement at a time");
        }
        List<TableInfo> known = List.of();
        DuckDBConnection connection = null;
        try {
            connection = DuckDb.connect(folder);
            TableCatalog tables = catalog(connection, progress);
            known = tables.tables();
            attach(connection, tables.named(text.names()), progress);
            DuckDb.lock(connection);
            QueryRun run = new QueryRun(connection, sql, known);
            connection = null;
            return run;
        } catch (SQLException e) {
            throw QueryException.of(e, known);
        } finally {
            close(connection);
        }
    }

    /// Writes every table as Parquet, partitioned by trace.
    ///
    /// @param target holds a folder for each table and in it one for each trace
    /// @param name of this trace there
    public void exportParquet(Path target, String name, Progress progress) throws IOException {
        try (DuckDBConnection connection = DuckDb.connect(folder)) {
            List<TableInfo> tables = catalog(connection, progress).tables();
            attach(
                    connection,
                    tables.stream().filter(TraceDatabase::isAttached).toList(),
                    progress);
            Trace trace = source.trace();
            LoadProgress load = new LoadProgress(progress, trace, inputBytes);
            // They are read once, so they need no database of their own.
            for (TypeTable type : TableCatalog.typeTables(trace)) {
                view(
                        connection,
                        type.table(),
                        "(" + EventSelect.ofType(connection, trace, type, load) + ")");
            }
            new ParquetFolder(target, name).write(connection, tables, progress);
        } catch (SQLException e) {
            throw QueryException.of(e, List.of());
        }
    }

    private TableCatalog catalog(DuckDBConnection connection, Progress progress)
            throws IOException, SQLException {
        attach(connection, EventTables.EVENTS_PART, progress);
        TableCatalog loaded = catalog;
        if (loaded == null) {
            loaded = TableCatalog.load(connection, EventTables.EVENTS_PART);
            catalog = loaded;
        }
        DuckDb.execute(
                connection,
                "CREATE VIEW "
                        + TableCatalog.NAME
                        + " AS SELECT * EXCLUDE (part) FROM "
                        + EventTables.EVENTS_PART
                        + "."
                        + TableCatalog.NAME);
        return loaded;
    }

    private void attach(DuckDBConnection connection, List<TableInfo> tables, Progress progress)
            throws IOException, SQLException {
        Set<String> attached = new TreeSet<>();
        attached.add(EventTables.EVENTS_PART);
        for (TableInfo table : tables) {
            if (attached.add(table.part())) {
                attach(connection, table.part(), progress);
            }
            view(
                    connection,
                    table,
                    SqlNames.quote(table.part()) + "." + SqlNames.quote(table.name()));
        }
    }

    private static boolean isAttached(TableInfo table) {
        return table.part().equals(EventTables.EVENTS_PART)
                || table.part().equals(DerivedTables.PART);
    }

    private void attach(DuckDBConnection connection, String part, Progress progress)
            throws IOException, SQLException {
        Path file = folder.resolve(PartBuilder.fileName(part));
        if (!Files.exists(file)) {
            new PartBuilder(source.trace(), folder, progress, inputBytes, findings).build(part);
            if (!isTemporary) {
                cache.prune(folder);
            }
        }
        DuckDb.execute(
                connection,
                "ATTACH " + SqlNames.text(file) + " AS " + SqlNames.quote(part) + " (READ_ONLY)");
    }

    /// @param from where the stored columns are
    private void view(DuckDBConnection connection, TableInfo table, String from)
            throws SQLException {
        StringBuilder columns = new StringBuilder();
        boolean isOfEvents = !table.part().equals(DerivedTables.PART);
        for (ColumnInfo column : table.columns()) {
            columns.append(columns.isEmpty() ? "" : ", ");
            if (isOfEvents && column.name().equals("cursor")) {
                columns.append(EventColumns.CURSOR).append(" AS cursor");
            } else {
                columns.append(SqlNames.quote(column.name()));
            }
        }
        create(connection, table.name(), columns + " FROM " + from);
        String shortName = catalog == null ? "" : catalog.shortNameOf(table);
        if (!shortName.isEmpty()) {
            create(connection, shortName, "* FROM " + SqlNames.quote(table.name()));
        }
    }

    private static void create(DuckDBConnection connection, String name, String select)
            throws SQLException {
        DuckDb.execute(connection, "CREATE VIEW " + SqlNames.quote(name) + " AS SELECT " + select);
    }

    private static void close(@Nullable DuckDBConnection connection) throws IOException {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new QueryException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    @Override
    public void close() {
        if (isTemporary) {
            DatabaseCache.delete(folder);
        }
    }
}
