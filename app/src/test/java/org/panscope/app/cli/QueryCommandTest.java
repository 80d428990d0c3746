package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.app.query.QueryCache;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class QueryCommandTest {
    @TempDir static Path folder = Path.of("");

    @BeforeAll
    static void keepTablesHere() {
        System.setProperty(QueryCache.FOLDER_PROPERTY, folder.resolve("cache").toString());
    }

    @AfterAll
    static void forget() {
        System.clearProperty(QueryCache.FOLDER_PROPERTY);
    }

    private static CommandRun query(Object... arguments) {
        return CommandRun.of(
                Stream.concat(Stream.of("query", CommandRun.HELLO), Stream.of(arguments))
                        .toArray());
    }

    @Test
    void aTableIsAlignedNumbersToTheRight() {
        assertEquals(
                List.of(
                        "gid  written_by  doorbell_page  insert_t",
                        "---  ----------  -------------  --------",
                        "  1  user        NULL             331020",
                        "  1  user        real            5422300"),
                query(
                                "SELECT gid, written_by, doorbell_page, insert_t FROM batches"
                                        + " ORDER BY batch")
                        .lines());
    }

    @Test
    void machinesGetCsvAndJson() {
        String sql = "SELECT 1 AS a, NULL AS b, 'x,y' AS c, 18446744073709551615::UBIGINT AS d";
        assertEquals(
                "a,b,c,d\n1,,\"x,y\",18446744073709551615\n", query(sql, "--format", "csv").fine());
        JsonNode row = query(sql, "--format", "json").json().get(0);
        assertEquals(1, row.get("a").intValue());
        assertTrue(row.get("b").isNull());
        assertEquals("18446744073709551615", row.get("d").bigIntegerValue().toString());
        assertEquals(1, query(sql, "--format", "jsonl").jsonLines().size());
        assertEquals(0, query("SELECT 1 WHERE false", "--format", "json").json().size());
    }

    @Test
    void theFirstRowsAreCutAndThatIsSaid() {
        CommandRun run = query("SELECT seq FROM events ORDER BY seq", "--limit", 2);
        assertEquals(0, run.status());
        assertEquals("seq\n---\n  0\n  1\n", run.out());
        assertEquals("panscope: there are more rows; these are the first 2\n", run.err());
        assertEquals("", query("SELECT seq FROM events LIMIT 2", "--limit", 2).err());
    }

    @Test
    void aStatementMayComeFromStandardInputAndGoToAFile() throws IOException {
        Path file = folder.resolve("answer.csv");
        CommandRun.withInput(
                        "SELECT count(*) AS n\nFROM events;\n".getBytes(StandardCharsets.UTF_8),
                        "query",
                        CommandRun.HELLO,
                        "-",
                        "--format",
                        "csv",
                        "-o",
                        file)
                .fine();
        assertEquals("n\n845\n", Files.readString(file));
    }

    @Test
    void whatIsWrongIsOneLine() throws IOException {
        Path file = folder.resolve("never.csv");
        assertEquals(
                "SQL: there is no table batch; did you mean 'batches'?",
                query("SELECT * FROM batch", "-o", file).failure());
        assertFalse(Files.exists(file));
        assertTrue(query("SELECT 1; SELECT 2").failure().contains("one statement"));
        assertTrue(
                CommandRun.of("query", "missing.pscope", "SELECT 1 FROM events")
                        .failure()
                        .contains("no such file"));
        assertTrue(query().wrongUsage().contains("--tables"));
        assertTrue(query("SELECT 1", "--tables").wrongUsage().contains("--tables"));
        assertTrue(query("SELECT 1", "--limit", -1).wrongUsage().contains("--limit"));
        assertTrue(CommandRun.of("query", "-", "-").wrongUsage().contains("standard input"));
    }

    @Test
    void aTraceFromStandardInputIsNotKept() throws IOException {
        byte[] scenario = Files.readAllBytes(Path.of(CommandRun.HELLO));
        assertTrue(
                CommandRun.withInput(scenario, "query", "-", "SELECT count(*) AS n FROM slots")
                        .fine()
                        .endsWith("1\n"));
    }

    @Test
    void tablesAreListedWithTheirColumns() {
        List<String> lines = query("--tables").lines();
        assertTrue(lines.contains("events: every event"));
        assertTrue(lines.contains("slots: a stay of a group on a CSG slot"));
        assertTrue(lines.contains("db_ring: A doorbell was rung."));
        assertTrue(
                lines.contains("  from_t               BIGINT   its time, ns"), lines.toString());
    }

    @Test
    void foreignTypesHaveTablesToo() {
        assertEquals(
                "n,markers\n144,false\n",
                capture("SELECT count(*) AS n, false AS markers FROM dma_fence_init"));
        String events =
                capture("SELECT count(*) AS n, true AS markers FROM events WHERE type = 'print'");
        assertEquals(
                events, capture("SELECT count(*) AS n, count(verb) > 0 AS markers FROM print"));
    }

    private static String capture(String sql) {
        return CommandRun.of(
                        "query",
                        CommandRun.SAMPLES.resolve("captures/panscope-sample.dat"),
                        sql,
                        "--format",
                        "csv")
                .fine();
    }

    @Test
    void parquetIsAFolderThatTracesShare() {
        Path fleet = folder.resolve("fleet");
        CommandRun.of("export", CommandRun.HELLO, "-o", fleet, "--to", "parquet").fine();
        CommandRun.of("export", CommandRun.HELLO, "-o", fleet, "--to", "parquet", "--name", "b")
                .fine();
        assertTrue(Files.exists(fleet.resolve("events/trace=hello-ring/part.parquet")));
        assertTrue(Files.exists(fleet.resolve("batches/trace=b/part.parquet")));
        assertTrue(
                CommandRun.of("export", CommandRun.HELLO, "-o", "-", "--to", "parquet")
                        .wrongUsage()
                        .contains("folder"));
    }

    @Test
    void theBenchmarkSaysWhatItMeasured() {
        List<String> lines = CommandRun.of("bench", "query", "--events", 2000).lines();
        assertEquals(
                List.of(
                        "machine",
                        "events",
                        "trace",
                        "tables",
                        "first count by type",
                        "count by type",
                        "join with cause",
                        "first of a type",
                        "derived tables"),
                lines.stream().map(line -> line.split("( {2,}| (?=[0-9]))", 2)[0]).toList());
    }
}
