package org.panscope.core.sql;

import org.duckdb.DuckDBConnection;
import org.panscope.core.sql.derived.DerivedTables;
import org.panscope.core.sql.derived.FindingSource;
import org.panscope.core.sql.derived.RowOutput;
import org.panscope.core.sql.schema.ColumnInfo;
import org.panscope.core.sql.schema.ColumnType;
import org.panscope.core.sql.schema.EventTables;
import org.panscope.core.sql.schema.EventTables.TypeTable;
import org.panscope.core.sql.schema.TableInfo;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.Trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Loads one part of a trace into a database file of its own. The file gets its name only when it
/// is complete, so that two programs may do the same at once, and one that is killed leaves nothing
/// a later one would believe.
final class PartBuilder {
    private static final String RAW = "raw_";

    /// Below this number of events small blocks save space; above, large ones are faster.
    private static final long MANY_EVENTS = 100_000;

    private final Trace trace;
    private final Path folder;
    private final LoadProgress progress;
    private final FindingSource findings;

    PartBuilder(
            Trace trace, Path folder, Progress progress, long inputBytes, FindingSource findings) {
        this.trace = trace;
        this.folder = folder;
        this.progress = new LoadProgress(progress, trace, inputBytes);
        this.findings = findings;
    }

    /// Name of the file of a part.
    static String fileName(String part) {
        return part + ".duckdb";
    }

    /// Makes the file of a part.
    ///
    /// @throws QueryException when it was cancelled or cannot be made
    void build(String part) throws IOException {
        // A name of its own keeps two programs apart.
        Path temporary = Files.createTempFile(folder, "." + part + "-", ".tmp");
        Files.delete(temporary);
        // When the program is interrupted, nobody gets to the end of this.
        temporary.toFile().deleteOnExit();
        writeAheadLog(temporary).toFile().deleteOnExit();
        try (DuckDBConnection connection = DuckDb.connect(folder)) {
            String block = trace.eventCount() < MANY_EVENTS ? " (BLOCK_SIZE 16384)" : "";
            String alias = SqlNames.quote(part);
            DuckDb.execute(
                    connection, "ATTACH " + SqlNames.text(temporary) + " AS " + alias + block);
            DuckDb.execute(connection, "USE " + alias);
            fill(connection, part);
            DuckDb.execute(connection, "USE memory");
            DuckDb.execute(connection, "DETACH " + alias);
            Files.move(
                    temporary,
                    folder.resolve(fileName(part)),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (SQLException e) {
            throw failure(part, e);
        } catch (UncheckedIOException e) {
            throw failure(part, e);
        } finally {
            Files.deleteIfExists(temporary);
            Files.deleteIfExists(writeAheadLog(temporary));
        }
    }

    private static Path writeAheadLog(Path database) {
        return Path.of(database + ".wal");
    }

    private QueryException failure(String part, Exception e) {
        return new QueryException(
                progress.isCancelled()
                        ? "cancelled"
                        : "the tables of the trace ("
                                + part
                                + ") cannot be made: "
                                + String.valueOf(e.getMessage()).strip(),
                e);
    }

    private void fill(DuckDBConnection connection, String part) throws SQLException, IOException {
        if (part.equals(EventTables.EVENTS_PART)) {
            load(connection, EventTables.EVENTS, EventSelect.ofAll(connection, trace, progress));
            TableCatalog.of(trace).store(connection, part);
            return;
        }
        if (part.equals(DerivedTables.PART)) {
            derive(connection);
            return;
        }
        for (TypeTable type : TableCatalog.typeTables(trace)) {
            if (type.table().part().equals(part)) {
                load(
                        connection,
                        type.table(),
                        EventSelect.ofType(connection, trace, type, progress));
            }
        }
    }

    private static void load(DuckDBConnection connection, TableInfo table, String select)
            throws SQLException {
        DuckDb.execute(
                connection, "CREATE TABLE " + SqlNames.quote(table.name()) + " AS " + select);
    }

    private void derive(DuckDBConnection connection) throws SQLException, IOException {
        Map<String, RowAppender> appenders = new LinkedHashMap<>();
        try {
            for (TableInfo table : DerivedTables.infos()) {
                DuckDb.execute(connection, create(table));
                appenders.put(
                        table.name(),
                        new RowAppender(table, connection.createAppender(RAW + table.name())));
            }
            DerivedTables.write(
                    trace,
                    findings,
                    table -> output(appenders, table),
                    progress::reached,
                    progress::isCancelled);
        } finally {
            for (RowAppender appender : appenders.values()) {
                appender.close();
            }
        }
        for (TableInfo table : DerivedTables.infos()) {
            String raw = SqlNames.quote(RAW + table.name());
            DuckDb.execute(connection, sorted(table, raw));
            DuckDb.execute(connection, "DROP TABLE " + raw);
        }
    }

    private static RowOutput output(Map<String, RowAppender> appenders, TableInfo table) {
        RowAppender appender = appenders.get(table.name());
        if (appender == null) {
            throw new IllegalStateException("table=" + table.name());
        }
        return appender;
    }

    private static String create(TableInfo table) {
        StringBuilder columns = new StringBuilder();
        for (ColumnInfo column : table.columns()) {
            ColumnType type =
                    column.type() == ColumnType.UBIGINT ? ColumnType.BIGINT : column.type();
            columns.append(columns.isEmpty() ? "" : ", ")
                    .append(SqlNames.quote(column.name()))
                    .append(' ')
                    .append(type);
        }
        return "CREATE TABLE " + SqlNames.quote(RAW + table.name()) + " (" + columns + ")";
    }

    private static String sorted(TableInfo table, String raw) {
        StringBuilder columns = new StringBuilder();
        for (ColumnInfo column : table.columns()) {
            String name = SqlNames.quote(column.name());
            columns.append(columns.isEmpty() ? "" : ", ")
                    .append(
                            column.type() == ColumnType.UBIGINT
                                    ? SqlNames.unsigned(name) + " AS " + name
                                    : name);
        }
        return "CREATE TABLE "
                + SqlNames.quote(table.name())
                + " AS SELECT "
                + columns
                + " FROM "
                + raw
                + " ORDER BY "
                + DerivedTables.orderOf(table);
    }
}
