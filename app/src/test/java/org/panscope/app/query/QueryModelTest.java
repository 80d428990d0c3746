package org.panscope.app.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.app.open.FileTraceOpener;
import org.panscope.app.open.OpenProgress;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.Worker;
import org.panscope.app.theme.Formats;
import org.panscope.core.sql.DatabaseCache;
import org.panscope.core.sql.schema.TableInfo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

class QueryModelTest {
    private static final Path HELLO = Path.of("..", "samples", "hello-ring.json");

    @TempDir Path folder = Path.of("");

    private final SessionModel session = new SessionModel(Worker.sameThread());
    private QueryModel model = model(Worker.sameThread());

    @BeforeEach
    void keepTablesInAFolderOfItsOwn() {
        model = model(Worker.sameThread());
    }

    @AfterEach
    void close() {
        session.close();
    }

    private QueryModel model(Worker worker) {
        return new QueryModel(session, worker, new DatabaseCache(folder.resolve("sql"), "test"));
    }

    private void open() throws IOException {
        session.show(new FileTraceOpener().open(HELLO, OpenProgress.NONE));
    }

    private void ask(String sql) {
        model.sqlProperty().set(sql);
        model.run();
    }

    private QueryResult result() {
        return model.resultProperty().get();
    }

    @Test
    void aStatementIsAnsweredWithTypesAndTime() throws IOException {
        open();
        ask("SELECT count(*) AS n, min(type) AS first FROM events");
        assertEquals("", model.errorProperty().get());
        assertEquals(
                List.of("n", "first"),
                result().columns().stream().map(column -> column.name()).toList());
        assertTrue(result().columns().getFirst().isNumeric());
        assertFalse(result().columns().getLast().isNumeric());
        assertEquals("845", result().rows().getFirst().text(0));
        assertTrue(model.statusProperty().get().startsWith("1 row, "));
        assertFalse(model.isRunningProperty().get());
        assertTrue(
                model.tablesProperty().get().stream()
                        .map(TableInfo::name)
                        .toList()
                        .containsAll(List.of("events", "batches", "db_ring")));
    }

    @Test
    void aRowGoesToItsCursorOrItsEvent() throws IOException {
        open();
        ask("SELECT batch, cursor FROM batches ORDER BY batch");
        assertTrue(model.goTo(result().rows().get(1)));
        assertEquals(600, session.position());
        assertEquals("@5422300ns#600", session.cursorText());
        ask("SELECT seq FROM db_ring ORDER BY seq LIMIT 1");
        assertTrue(model.goTo(result().rows().getFirst()));
        assertEquals(result().rows().getFirst().text(0), Long.toString(session.currentEvent()));
        ask("SELECT 1 AS n");
        assertFalse(model.goTo(result().rows().getFirst()));
    }

    @Test
    void aCursorThatIsNoneIsSaidNotThrown() throws IOException {
        open();
        ask("SELECT '#99999999' AS cursor");
        assertFalse(model.goTo(result().rows().getFirst()));
        assertTrue(model.errorProperty().get().contains("beyond the end"));
    }

    @Test
    void whatIsWrongIsSaidInOneLineAndTheLastAnswerStays() throws IOException {
        open();
        ask("SELECT 1 AS n");
        ask("SELECT * FROM evnts");
        assertEquals(
                "SQL: there is no table evnts; did you mean 'events'?",
                model.errorProperty().get());
        assertEquals(1, result().rows().size());
        ask("SELECT 2");
        assertEquals("", model.errorProperty().get());
    }

    @Test
    void moreRowsThanCanBeShownAreCutAndSaidSo() throws IOException {
        open();
        ask("SELECT range FROM range(20000)");
        assertEquals(QueryModel.MOST_ROWS, result().rows().size());
        assertTrue(result().hasMore());
        assertTrue(
                model.statusProperty()
                        .get()
                        .startsWith("the first " + Formats.grouped(10_000) + " rows"));
    }

    @Test
    void statementsAreRememberedOnceTheLatestFirst() throws IOException {
        open();
        ask("SELECT 1");
        ask("SELECT 2");
        ask("SELECT 1");
        assertEquals(List.of("SELECT 1", "SELECT 2"), model.history());
    }

    @Test
    void rowsAreCopiedAndSavedInTheFormOfTheFile() throws IOException {
        open();
        ask("SELECT 1 AS a, 'x,\"y' AS b, NULL AS c, '' AS d");
        assertEquals("a,b,c,d\n1,\"x,\"\"y\",,\"\"\n", result().csv(result().rows()));
        Path json = folder.resolve("answer.json");
        model.save(json);
        assertEquals(
                "[\n{\"a\":1,\"b\":\"x,\\\"y\",\"c\":null,\"d\":\"\"}\n]\n",
                Files.readString(json));
        Path csv = folder.resolve("answer.csv");
        model.save(csv);
        assertTrue(Files.readString(csv).startsWith("a,b,c,d\n"));
        model.save(folder.resolve("missing").resolve("answer.csv"));
        assertTrue(model.errorProperty().get().contains("cannot be written"));
    }

    @Test
    void anAnswerOfAnotherTraceIsThrownAway() throws IOException {
        Deque<Runnable> waiting = new ArrayDeque<>();
        model = model(new Worker(waiting::add, Runnable::run));
        open();
        ask("SELECT 1");
        assertTrue(model.isRunningProperty().get());
        session.close();
        waiting.forEach(Runnable::run);
        assertEquals(List.of(), result().rows());
        assertEquals("", model.errorProperty().get());
        assertFalse(model.isRunningProperty().get());
    }

    @Test
    void aCancelledStatementAnswersNothing() throws IOException {
        Deque<Runnable> waiting = new ArrayDeque<>();
        model = model(new Worker(waiting::add, Runnable::run));
        open();
        ask("SELECT 1");
        model.cancel();
        assertEquals("Cancelled.", model.statusProperty().get());
        waiting.forEach(Runnable::run);
        assertEquals(List.of(), result().rows());
        assertEquals("Cancelled.", model.statusProperty().get());
    }

    @Test
    void namesThatSqlWouldMisreadAreQuoted() {
        assertEquals("events", QueryModel.nameInSql("events"));
        assertEquals("\"sched:sched_switch\"", QueryModel.nameInSql("sched:sched_switch"));
        assertEquals("\"by\"", QueryModel.nameInSql("by"));
    }
}
