package org.panscope.core.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.sql.derived.FindingSource;
import org.panscope.core.sql.schema.TableInfo;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.Trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class TraceDatabaseTest {
    private static final String HELLO = "hello-ring.json";

    @TempDir Path folder = Path.of("");

    private final OpenedTrace opened = SampleTraces.open(HELLO);

    @AfterEach
    void close() {
        opened.close();
    }

    private DatabaseCache cache() {
        return new DatabaseCache(folder.resolve("cache"), "test");
    }

    private TraceDatabase database() throws IOException {
        return TraceDatabase.open(
                SampleTraces.path(HELLO), cache(), opened::trace, FindingSource.NONE);
    }

    private List<String> ask(String sql) throws IOException {
        try (TraceDatabase database = database()) {
            return ask(database, sql);
        }
    }

    private static List<String> ask(TraceDatabase database, String sql) throws IOException {
        List<String> rows = new ArrayList<>();
        try (QueryRun run = database.query(sql, Progress.NONE)) {
            run.start();
            for (@Nullable Object[] row = run.next(); row != null; row = run.next()) {
                List<String> values = new ArrayList<>();
                for (Object value : row) {
                    values.add(String.valueOf(value));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }

    @Test
    void eventsAreWhatTheTraceHolds() throws IOException {
        Trace trace = opened.trace();
        List<String> expected = new ArrayList<>();
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            expected.add(
                    cursor.seq()
                            + "|"
                            + cursor.timeNs()
                            + "|"
                            + cursor.type().name()
                            + "|"
                            + cursor.type().layer().label()
                            + "|"
                            + (cursor.cpu() < 0 ? "null" : cursor.cpu())
                            + "|"
                            + cursor.comm()
                            + "|"
                            + cursor.locks()
                            + "|"
                            + (cursor.cause() < 0 ? "null" : cursor.cause())
                            + "|@"
                            + cursor.timeNs()
                            + "ns#"
                            + (cursor.seq() + 1));
        }
        assertEquals(
                expected,
                ask(
                        "SELECT seq, t, type, layer, cpu, comm, locks, cause, cursor FROM events"
                                + " ORDER BY seq"));
    }

    @Test
    void aTypeHasItsFieldsInTheirTypes() throws IOException {
        assertEquals(
                List.of("UBIGINT|140737488355328|VARCHAR|BOOLEAN"),
                ask(
                        "SELECT typeof(ring_va), ring_va, typeof(track),"
                                + " typeof(cause_inferred) FROM queue_created"));
        assertEquals(
                List.of("BLOB|128|0000100000004201"),
                ask(
                        "SELECT typeof(data), octet_length(data), data[1:8] FROM ring_write"
                                + " ORDER BY seq LIMIT 1"));
        assertEquals(
                List.of("user|128"),
                ask("SELECT \"by\", new_insert FROM INSERT_WRITE ORDER BY seq LIMIT 1"));
    }

    @Test
    void unsignedNumbersKeepAll64Bits() throws IOException {
        assertEquals(
                List.of("9223372036854775808|18446744073709551615|0"),
                ask(
                        "SELECT "
                                + SqlNames.unsigned("(-9223372036854775808)")
                                + ", "
                                + SqlNames.unsigned("(-1)")
                                + ", "
                                + SqlNames.unsigned("0")));
    }

    @Test
    void everyTableOfTheCatalogCanBeAsked() throws IOException {
        try (TraceDatabase database = database()) {
            for (TableInfo table : database.tables(Progress.NONE)) {
                StringBuilder columns = new StringBuilder();
                table.columns()
                        .forEach(column ->
                                columns.append(columns.isEmpty() ? "" : ", ")
                                        .append(SqlNames.quote(column.name())));
                ask(
                        database,
                        "SELECT " + columns + " FROM " + SqlNames.quote(table.name()) + " LIMIT 1");
            }
        }
    }

    @Test
    void onlyTheFirstQueryReadsTheTrace() throws IOException {
        ask("SELECT count(*) FROM events, slots");
        try (TraceDatabase later =
                TraceDatabase.open(
                        SampleTraces.path(HELLO),
                        cache(),
                        () -> {
                            throw new IOException("it was opened again");
                        },
                        FindingSource.NONE)) {
            assertEquals(List.of("845"), ask(later, "SELECT count(*) FROM events"));
            assertEquals(List.of("1"), ask(later, "SELECT count(*) FROM slots"));
            IOException failure =
                    assertThrows(
                            IOException.class, () -> ask(later, "SELECT count(*) FROM db_ring"));
            assertEquals("it was opened again", failure.getMessage());
        }
    }

    @Test
    void aChangedFileIsAnotherTrace() throws IOException {
        Path file = folder.resolve("trace.bin");
        Files.write(file, new byte[10]);
        Path first = cache().folderFor(file);
        assertEquals(first, cache().folderFor(file));
        Files.write(file, new byte[11]);
        assertFalse(String.valueOf(first).equals(String.valueOf(cache().folderFor(file))));
        assertFalse(
                String.valueOf(first)
                        .equals(
                                String.valueOf(
                                        new DatabaseCache(folder.resolve("cache"), "other")
                                                .folderFor(file))));
        assertEquals(null, cache().folderFor(folder));
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() throws IOException {
        DatabaseCache small = new DatabaseCache(folder.resolve("cache"), "test", 250);
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Path file = Files.write(folder.resolve("trace" + i), new byte[i + 1]);
            Path made = small.folderFor(file);
            assertTrue(made != null);
            folders.add(made == null ? file : made);
            Files.write(folders.get(i).resolve("events.duckdb"), new byte[100]);
            Files.setLastModifiedTime(
                    folders.get(i).resolve("used"), FileTime.fromMillis(1000L * (10 - i)));
        }
        small.prune(folders.get(2));
        assertEquals(List.of(true, false, true), folders.stream().map(Files::exists).toList());
    }

    @Test
    void whatIsCancelledLeavesNothing() throws IOException {
        Progress cancelled =
                new Progress() {
                    @Override
                    public void advance(long doneBytes, long totalBytes) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        try (TraceDatabase database = database()) {
            assertEquals(
                    "cancelled",
                    assertThrows(
                                    QueryException.class,
                                    () -> database.query("SELECT 1 FROM events", cancelled))
                            .getMessage());
        }
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            assertEquals(
                    List.of("used"),
                    files.filter(Files::isRegularFile)
                            .map(file -> String.valueOf(file.getFileName()))
                            .toList());
        }
        assertEquals(List.of("845"), ask("SELECT count(*) FROM events"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_text('/etc/passwd')",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM glob('/*')",
                "COPY events TO 'x.csv'",
                "COPY (SELECT 1) TO '/dev/stderr'",
                "ATTACH 'x.db'",
                "EXPORT DATABASE 'x'",
                "IMPORT DATABASE 'x'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET enable_external_access = true",
                "SET temp_directory = '/'",
                "RESET lock_configuration",
                "DELETE FROM events.main.events",
                "DROP TABLE events.main.events",
                "SELECT getenv('HOME')",
                "SELECT 1; SELECT 2",
                "SELECT nope FROM events",
                "selec 1",
                ""
            })
    void hostileAndWrongStatementsFailInOneLine(String sql) throws IOException {
        IOException failure = assertThrows(QueryException.class, () -> ask(sql));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith("SQL: "), message);
        assertFalse(message.contains("\n"), message);
        assertEquals(List.of("845"), ask("SELECT count(*) FROM events"));
    }

    @Test
    void thePlaceOfAnErrorIsToldInNumbers() {
        assertEquals(
                "SQL: Parser Error: syntax error at or near \"events\" (line 2, column 8)",
                assertThrows(QueryException.class, () -> ask("SELECT seq\n  FORM events"))
                        .getMessage());
    }

    @Test
    void parquetHasAFolderForEveryTableAndTrace() throws IOException {
        Path target = folder.resolve("fleet");
        try (TraceDatabase database = database()) {
            database.exportParquet(target, "one", Progress.NONE);
            database.exportParquet(target, "t/w o", Progress.NONE);
            database.exportParquet(target, "one", Progress.NONE);
            int tables = database.tables(Progress.NONE).size();
            try (Stream<Path> files = Files.walk(target)) {
                assertEquals(2L * tables, files.filter(Files::isRegularFile).count());
            }
        }
        try (var connection = DuckDb.connect(folder);
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT trace, count(*), min(cursor) FROM read_parquet("
                                        + SqlNames.text(target + "/db_ring/*/*.parquet")
                                        + ", hive_partitioning = true) GROUP BY 1 ORDER BY 1")) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1) + " " + rows.getString(2));
            }
            assertEquals(List.of("one 13", "t_w_o 13"), found);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
