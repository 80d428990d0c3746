package org.panscope.app.query;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;
import org.panscope.app.open.TraceDocument;
import org.panscope.app.session.Requests;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.Worker;
import org.panscope.app.theme.Formats;
import org.panscope.core.sql.DatabaseCache;
import org.panscope.core.sql.QueryRun;
import org.panscope.core.sql.TraceDatabase;
import org.panscope.core.sql.derived.AnalyzerFindings;
import org.panscope.core.sql.schema.TableInfo;
import org.panscope.trace.io.Progress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/// SQL over the open trace: the statement being written, those before it, and the last answer.
public final class QueryModel {
    /// More rows than these are not shown.
    static final int MOST_ROWS = 10_000;

    private static final int MOST_REMEMBERED = 50;
    private static final double UNKNOWN = -1;
    private static final QueryResult NOTHING = new QueryResult(List.of(), List.of(), false, 0);

    private final SessionModel session;
    private final Worker worker;
    private final DatabaseCache cache;
    private final Requests requests = new Requests();
    private final AtomicReference<@Nullable QueryRun> running = new AtomicReference<>();
    private final StringProperty sql =
            new SimpleStringProperty(
                    this,
                    "sql",
                    "SELECT type, count(*) AS n FROM events GROUP BY type ORDER BY n DESC");
    private final ObservableList<String> history = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<QueryResult> result =
            new ReadOnlyObjectWrapper<>(this, "result", NOTHING);
    private final ReadOnlyObjectWrapper<List<TableInfo>> tables =
            new ReadOnlyObjectWrapper<>(this, "tables", List.of());
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper(this, "error", "");
    private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper(this, "status", "");
    private final ReadOnlyBooleanWrapper isRunning = new ReadOnlyBooleanWrapper(this, "isRunning");
    private final ReadOnlyBooleanWrapper hasRows = new ReadOnlyBooleanWrapper(this, "hasRows");
    private final ReadOnlyDoubleWrapper fraction =
            new ReadOnlyDoubleWrapper(this, "fraction", UNKNOWN);

    public QueryModel(SessionModel session, Worker worker, DatabaseCache cache) {
        this.session = session;
        this.worker = worker;
        this.cache = cache;
        session.openedProperty().subscribe(this::traceChanged);
    }

    private void traceChanged(@Nullable TraceDocument opened) {
        stop();
        show(NOTHING);
        tables.set(List.of());
        error.set("");
        status.set("");
    }

    /// Runs the statement; one that still runs is given up.
    public void run() {
        TraceDocument opened = session.opened();
        if (opened == null) {
            return;
        }
        stop();
        String statement = sql.get().strip();
        remember(statement);
        long request = requests.next();
        error.set("");
        status.set("Running…");
        fraction.set(UNKNOWN);
        isRunning.set(true);
        worker.run(
                () -> {
                    checkWanted(request);
                    return answer(opened, statement, request);
                },
                answer -> answered(answer, request),
                failure -> failed(failure, request));
    }

    /// Gives up what runs.
    public void cancel() {
        if (isRunning.get()) {
            stop();
            status.set("Cancelled.");
        }
    }

    private void stop() {
        requests.next();
        QueryRun run = running.getAndSet(null);
        if (run != null) {
            run.cancel();
        }
        isRunning.set(false);
    }

    /// A trace that is no longer shown may be closed.
    private void checkWanted(long request) {
        if (!requests.isLatest(request)) {
            throw new CancellationException();
        }
    }

    private record Answer(QueryResult result, List<TableInfo> tables) {}

    private Answer answer(TraceDocument opened, String statement, long request) throws IOException {
        long start = System.nanoTime();
        Progress progress = new RequestProgress(request);
        try (TraceDatabase database =
                TraceDatabase.open(opened.path(), cache, opened::trace, new AnalyzerFindings())) {
            List<TableInfo> known = database.tables(progress);
            try (QueryRun run = database.query(statement, progress)) {
                running.set(run);
                run.start();
                List<QueryResult.Row> rows = new ArrayList<>();
                @Nullable Object[] row = run.next();
                while (row != null && rows.size() < MOST_ROWS) {
                    checkWanted(request);
                    rows.add(QueryResult.Row.of(row));
                    row = run.next();
                }
                long elapsed = System.nanoTime() - start;
                return new Answer(
                        new QueryResult(run.columns(), rows, row != null, elapsed), known);
            } finally {
                running.set(null);
            }
        }
    }

    private void answered(Answer answer, long request) {
        if (requests.isLatest(request)) {
            isRunning.set(false);
            tables.set(answer.tables());
            show(answer.result());
            status.set(statusOf(answer.result()));
        }
    }

    private void failed(Exception failure, long request) {
        if (requests.isLatest(request)) {
            isRunning.set(false);
            status.set("");
            error.set(String.valueOf(failure.getMessage()));
        }
    }

    private static String statusOf(QueryResult result) {
        String rows = result.rows().size() == 1 ? " row" : " rows";
        return (result.hasMore() ? "the first " : "")
                + Formats.grouped(result.rows().size())
                + rows
                + ", "
                + Formats.duration(result.elapsedNs() / 1_000_000 * 1_000_000);
    }

    private void show(QueryResult shown) {
        result.set(shown);
        hasRows.set(!shown.rows().isEmpty());
    }

    private void remember(String statement) {
        history.remove(statement);
        history.addFirst(statement);
        if (history.size() > MOST_REMEMBERED) {
            history.removeLast();
        }
    }

    /// Learns the tables of the trace, for the list of them; loads the events if need be.
    public void loadTables() {
        TraceDocument opened = session.opened();
        if (opened == null || isRunning.get() || !tables.get().isEmpty()) {
            return;
        }
        long request = requests.next();
        status.set("Reading the trace…");
        isRunning.set(true);
        worker.run(
                () -> {
                    checkWanted(request);
                    try (TraceDatabase database =
                            TraceDatabase.open(
                                    opened.path(), cache, opened::trace, new AnalyzerFindings())) {
                        return new Answer(
                                result.get(), database.tables(new RequestProgress(request)));
                    }
                },
                answer -> {
                    if (requests.isLatest(request)) {
                        isRunning.set(false);
                        tables.set(answer.tables());
                        status.set("");
                    }
                },
                failure -> failed(failure, request));
    }

    /// Goes to the place of a row.
    ///
    /// @return false when it has none in this trace
    public boolean goTo(QueryResult.Row row) {
        String cursor = result.get().cursorOf(row);
        if (cursor == null) {
            return false;
        }
        try {
            session.goToText(cursor);
            return true;
        } catch (IllegalArgumentException e) {
            error.set(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /// Writes all rows shown; the form is that of the file's ending, CSV where it says nothing.
    public void save(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        ResultWriter.Format format =
                name.endsWith(".jsonl")
                        ? ResultWriter.Format.JSONL
                        : name.endsWith(".json")
                                ? ResultWriter.Format.JSON
                                : name.endsWith(".txt")
                                        ? ResultWriter.Format.TABLE
                                        : ResultWriter.Format.CSV;
        try (var out = Files.newBufferedWriter(file)) {
            result.get().write(format, result.get().rows(), out);
            status.set("Saved to " + file);
        } catch (IOException e) {
            error.set(file + ": cannot be written: " + e.getMessage());
        }
    }

    /// What a row of the list of tables puts into the statement.
    public static String nameInSql(String name) {
        return name.matches("[a-z_][a-z0-9_]*") && !name.equals("by")
                ? name
                : '"' + name.replace("\"", "\"\"") + '"';
    }

    /// The statement.
    public StringProperty sqlProperty() {
        return sql;
    }

    /// Statements that were run, the latest first.
    public ObservableList<String> history() {
        return history;
    }

    public ReadOnlyObjectProperty<QueryResult> resultProperty() {
        return result.getReadOnlyProperty();
    }

    /// Tables of the trace; empty until they are known.
    public ReadOnlyObjectProperty<List<TableInfo>> tablesProperty() {
        return tables.getReadOnlyProperty();
    }

    /// What is wrong, in a line, or empty.
    public ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    /// How it goes, in a few words.
    public ReadOnlyStringProperty statusProperty() {
        return status.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty isRunningProperty() {
        return isRunning.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty hasRowsProperty() {
        return hasRows.getReadOnlyProperty();
    }

    /// How far the loading is, 0 to 1, or -1 while that is not known.
    public ReadOnlyDoubleProperty fractionProperty() {
        return fraction.getReadOnlyProperty();
    }

    private final class RequestProgress implements Progress {
        private final long request;
        private int lastPercent;

        RequestProgress(long request) {
            this.request = request;
        }

        @Override
        public void advance(long doneBytes, long totalBytes) {
            int percent = totalBytes <= 0 ? 0 : (int) (100.0 * doneBytes / totalBytes);
            if (percent != lastPercent) {
                lastPercent = percent;
                worker.foreground()
                        .execute(() -> {
                            if (requests.isLatest(request)) {
                                fraction.set(percent / 100.0);
                            }
                        });
            }
        }

        @Override
        public boolean isCancelled() {
            return !requests.isLatest(request);
        }
    }
}
