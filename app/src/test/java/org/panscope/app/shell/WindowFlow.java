package org.panscope.app.shell;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.panscope.app.beliefs.BeliefRow;
import org.panscope.app.events.EventListModel.FilterStatus;
import org.panscope.app.events.EventRow;
import org.panscope.app.open.FileTraceOpener;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.SteppedState;
import org.panscope.app.session.Worker;
import org.panscope.core.state.Belief;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// A window as the program makes it, with the real opener and background threads, and the hands and
/// eyes of whoever uses it. Only the desktop's file dialog is answered for them.
final class WindowFlow implements AutoCloseable {
    static final Path SAMPLES = Path.of("..", "samples");
    static final Path DEMO = SAMPLES.resolve("demo.json");
    static final Path CAPTURE = SAMPLES.resolve("captures").resolve("panscope-sample.report.txt");

    private static final int LONGEST_WAIT_S = 60;

    private final FxRobot robot = new FxRobot();
    private final ExecutorService background =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private final AtomicReference<@Nullable Path> chosen = new AtomicReference<>();
    private final AtomicBoolean hasQuit = new AtomicBoolean();
    private final MainWindow window;

    /// Shows the window on a stage, on the JavaFX thread.
    WindowFlow(Stage stage) {
        window =
                MainWindow.create(
                        new WindowServices(
                                new FileTraceOpener(),
                                chosen::get,
                                WindowMemory.forgetful(),
                                new Worker(background, Platform::runLater),
                                () -> hasQuit.set(true)));
        stage.setScene(new Scene(window.root(), 1000, 950));
        stage.show();
    }

    MainWindow window() {
        return window;
    }

    FxRobot robot() {
        return robot;
    }

    boolean hasQuit() {
        return hasQuit.get();
    }

    /// Chooses a file in the dialog behind Ctrl+O and waits until it is shown or refused.
    void open(Path file) {
        choose(file);
        press(KeyCode.O, KeyCode.CONTROL);
        waitUntil(() -> shows("#errorTitle") || isShown(file));
        settle();
    }

    /// Answers the file dialog from now on.
    void choose(Path file) {
        chosen.set(file);
    }

    private boolean isShown(Path file) {
        var opened = window.session().opened();
        return opened != null && opened.path().equals(file);
    }

    /// Waits until the state at the cursor has arrived and the screen shows it.
    void settle() {
        waitUntil(() -> {
            SessionModel session = window.session();
            SteppedState state = session.stateProperty().get();
            return session.opened() == null
                    || (state != null && state.state().position() == session.position());
        });
        robot.interact(() -> window.root().layout());
    }

    /// Types a filter and waits for its hits.
    void filter(String text) {
        press(KeyCode.F, KeyCode.CONTROL);
        robot.write(text);
        waitUntil(() -> window.events().statusProperty().get() == FilterStatus.VALID);
        settle();
    }

    /// Presses one key while others are held.
    void press(KeyCode key, KeyCode... held) {
        robot.press(held).type(key).release(held);
        settle();
    }

    void click(String id) {
        robot.clickOn(id);
        settle();
    }

    boolean shows(String id) {
        return robot.lookup(id).tryQuery().filter(Node::isVisible).isPresent();
    }

    String label(String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    String field(String id) {
        return robot.lookup(id).<TextInputControl>queryAs(TextInputControl.class).getText();
    }

    /// The text on the screen in the four-beliefs table.
    String belief(Belief belief, String quantity) {
        String column = "belief-" + belief.label();
        return cells("#beliefsTable")
                .filter(cell -> column.equals(cell.getTableColumn().getId()))
                .filter(cell ->
                        cell.getItem() instanceof BeliefRow row && row.quantity().equals(quantity))
                .map(TableCell::getText)
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(
                                "no cell on screen: belief="
                                        + belief.label()
                                        + " quantity="
                                        + quantity));
    }

    /// Texts of the row of the event list that is selected, column by column; empty without one.
    List<String> selectedEvent() {
        TableView<?> table = robot.lookup("#eventTable").queryTableView();
        int selected = table.getSelectionModel().getSelectedIndex();
        return cells("#eventTable")
                .filter(cell -> !cell.isEmpty() && cell.getIndex() == selected)
                .sorted((a, b) -> Double.compare(a.getLayoutX(), b.getLayoutX()))
                .map(TableCell::getText)
                .map(text -> text == null ? "" : text)
                .toList();
    }

    /// Path of the track of the selected event; its column may be beyond the edge of a small
    /// window.
    String selectedTrack() {
        Object row =
                robot.lookup("#eventTable").queryTableView().getSelectionModel().getSelectedItem();
        if (row instanceof EventRow event) {
            return event.path();
        }
        throw new AssertionError("no event is selected");
    }

    /// The cells of a table that are on the screen, empty ones too.
    private Stream<TableCell<?, ?>> cells(String table) {
        return robot.lookup(table + " .table-cell").queryAll().stream()
                .filter(TableCell.class::isInstance)
                .map(node -> (TableCell<?, ?>) node);
    }

    /// Number of rows in the event list.
    int eventRows() {
        return robot.lookup("#eventTable").queryTableView().getItems().size();
    }

    void waitUntil(Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(
                    LONGEST_WAIT_S,
                    TimeUnit.SECONDS,
                    () -> WaitForAsyncUtils.asyncFx(condition).get());
        } catch (TimeoutException e) {
            throw new AssertionError("the window did not get there", e);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Closes the trace and ends the background thread.
    @Override
    public void close() {
        robot.interact(() -> window.session().close());
        background.shutdownNow();
    }
}
