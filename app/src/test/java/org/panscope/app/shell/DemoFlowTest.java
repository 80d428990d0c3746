package org.panscope.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.app.open.TraceDocument;
import org.panscope.app.session.SessionModel;
import org.panscope.core.input.Recording;
import org.panscope.core.state.Belief;
import org.panscope.core.state.view.StreamLines;
import org.panscope.core.state.view.StreamRow;
import org.panscope.trace.io.PscopeWriter;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The demo in the window: from the doorbell of the process that submits by itself back to its
/// INSERT store and on to the firmware's answer, as read from the screen.
@ExtendWith(ApplicationExtension.class)
final class DemoFlowTest {
    private static final String USER_DOORBELL = "type == DB_RING && by == user_page";

    /// More events than lie between a store to INSERT and the firmware's EXTRACT.
    private static final int MOST_STEPS = 400;

    @TempDir static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static Path recorded;

    @SuppressWarnings("NullAway.Init")
    private WindowFlow flow;

    @BeforeAll
    static void record() throws IOException {
        recorded = folder.resolve("demo.pscope");
        Recording.record(
                WindowFlow.DEMO,
                null,
                1L,
                Map.of(),
                header -> PscopeWriter.create(recorded, header));
    }

    @Start
    void start(Stage stage) {
        flow = new WindowFlow(stage);
    }

    @AfterEach
    void close() {
        flow.close();
    }

    @Test
    void insertMovesBeforeTheFirmwareExtractsInARecordedTrace() {
        flow.open(recorded);
        assertTrue(flow.label("#statusFile").startsWith("demo.pscope"));
        insertMovesBeforeTheFirmwareExtracts();
    }

    @Test
    void insertMovesBeforeTheFirmwareExtractsInAScenarioOpenedDirectly() {
        flow.open(WindowFlow.DEMO);
        assertTrue(flow.label("#statusFile").startsWith("demo.json"));
        insertMovesBeforeTheFirmwareExtracts();
    }

    /// Goes to the second doorbell, so that both counters have a value to move on from.
    private void insertMovesBeforeTheFirmwareExtracts() {
        goToUserDoorbell(2);
        String queue = flow.field("#objectChooser");
        assertTrue(queue.startsWith("queue:"), queue);
        flow.click("#followEvent");

        flow.press(KeyCode.F10, KeyCode.SHIFT);
        assertEquals("INSERT_WRITE", type());
        String inserted = flow.belief(Belief.APPLICATION, "insert");
        assertTrue(inserted.startsWith("● "), inserted);
        String newInsert = inserted.substring(2);
        assertEquals(newInsert, flow.belief(Belief.MEMORY, "insert").replace("● ", ""));
        assertNotEquals(newInsert, flow.belief(Belief.FIRMWARE, "insert"));
        String oldExtract = flow.belief(Belief.FIRMWARE, "extract");

        flow.click("#stepBack");
        String oldInsert = flow.belief(Belief.APPLICATION, "insert");
        assertFalse(oldInsert.contains(newInsert), oldInsert);
        assertEquals(oldExtract, flow.belief(Belief.FIRMWARE, "extract"));

        flow.press(KeyCode.F10);
        assertEquals(inserted, flow.belief(Belief.APPLICATION, "insert"));
        stepUntilFirmwareExtractIsNot(oldExtract);
        assertTrue(flow.belief(Belief.FIRMWARE, "extract").startsWith("● "));
        assertEquals(newInsert, flow.belief(Belief.APPLICATION, "insert"));
        assertEquals(queue, flow.field("#objectChooser"));

        flow.press(KeyCode.F10, KeyCode.SHIFT);
        assertEquals(oldExtract, flow.belief(Belief.FIRMWARE, "extract"));
        assertEquals(newInsert, flow.belief(Belief.APPLICATION, "insert"));
    }

    private void stepUntilFirmwareExtractIsNot(String before) {
        for (int step = 0; step < MOST_STEPS; step++) {
            flow.click("#stepForward");
            if (!flow.belief(Belief.FIRMWARE, "extract").equals(before)) {
                return;
            }
        }
        throw new AssertionError("the firmware never moved its extract from " + before);
    }

    @Test
    void ringBufferShowsWordsInstructionsAndWhoStandsWhere() {
        flow.open(recorded);
        goToUserDoorbell(2);
        TableView<StreamLines.Line> ring = flow.robot().lookup("#ringTable").queryTableView();
        assertTrue(flow.label("#ringTitle").contains(", 64 KiB · v10"));
        List<List<String>> rows =
                ring.getItems().stream()
                        .map(row ->
                                ring.getColumns().stream()
                                        .map(column ->
                                                (String)
                                                        column.getCellObservableValue(row)
                                                                .getValue())
                                        .toList())
                        .toList();
        assertTrue(rows.stream().allMatch(row -> row.get(8).matches("[0-9a-f]{16}|\\?")));
        assertTrue(
                rows.stream()
                        .anyMatch(row ->
                                row.get(0).equals("◇ app: INSERT")
                                        && row.get(2).startsWith("SYNC_ADD64")));
        assertTrue(rows.stream().anyMatch(row -> row.get(3).matches("←insert [A-Z]*A[A-Z]*.*")));
        assertTrue(rows.stream().anyMatch(row -> row.get(3).matches(".*←extract [A-Z]*F[A-Z]*")));
    }

    @Test
    void aCalledBufferOpensWhileItIsExecutedAndClosesByKey() {
        flow.open(recorded);
        flow.filter("type == CS_INSTR && depth == 1");
        flow.press(KeyCode.ENTER);
        flow.press(KeyCode.ESCAPE);
        flow.press(KeyCode.ESCAPE);
        TableView<StreamLines.Line> ring = flow.robot().lookup("#ringTable").queryTableView();
        List<StreamLines.Line> inside =
                ring.getItems().stream().filter(line -> line.row().depth() == 1).toList();
        assertEquals(
                1,
                inside.stream()
                        .filter(line -> line.row().status() == StreamRow.Status.EXECUTING)
                        .count());
        assertTrue(flow.label("#ringPlace").startsWith("▶ ring +0x"), flow.label("#ringPlace"));
        StreamLines.Line call =
                ring.getItems().stream().filter(StreamLines.Line::isOpen).findFirst().orElseThrow();
        flow.robot()
                .interact(() -> {
                    ring.requestFocus();
                    ring.getSelectionModel().select(call);
                });
        flow.press(KeyCode.SPACE);
        assertTrue(ring.getItems().stream().allMatch(line -> line.row().depth() == 0));
        flow.press(KeyCode.SPACE);
        assertEquals(
                inside.size(),
                ring.getItems().stream().filter(line -> line.row().depth() == 1).count());
    }

    @Test
    void trackKeysLeadThroughTheQueuesOwnEvents() {
        flow.open(recorded);
        goToUserDoorbell(2);
        flow.press(KeyCode.F10, KeyCode.SHIFT);
        String track = flow.selectedTrack();
        String place = flow.label("#cursorLabel");

        flow.press(KeyCode.PERIOD);
        String next = flow.label("#cursorLabel");
        assertEquals(track, flow.selectedTrack());
        flow.press(KeyCode.PERIOD);
        assertEquals(track, flow.selectedTrack());
        flow.press(KeyCode.COMMA);
        assertEquals(next, flow.label("#cursorLabel"));
        flow.click("#previousOnTrack");
        assertEquals(place, flow.label("#cursorLabel"));
    }

    @Test
    void instructionStepsWalkTheStreamThatIsLookedAt() {
        flow.open(recorded);
        goToUserDoorbell(1);
        String queue = flow.field("#objectChooser");
        long rung = flow.window().session().position();

        pressAndMove(KeyCode.F11);
        assertEquals("CS_INSTR", type());
        assertEquals(queue, flow.field("#objectChooser"));
        long executed = flow.window().session().position();
        assertTrue(executed > rung);

        pressAndMove(KeyCode.F11);
        assertEquals("CS_INSTR", type());
        pressAndMove(KeyCode.F11, KeyCode.SHIFT);
        assertEquals(executed, flow.window().session().position());

        while (depth() == 0) {
            pressAndMove(KeyCode.F11);
        }
        long inside = flow.window().session().position();
        pressAndMove(KeyCode.F11, KeyCode.SHIFT);
        assertEquals(0, depth());
        pressAndMove(KeyCode.F11, KeyCode.CONTROL);
        assertEquals("CS_INSTR", type());
        assertEquals(0, depth());
        assertTrue(flow.window().session().position() > inside);
    }

    /// Call depth of the instruction at the cursor.
    private long depth() {
        SessionModel session = flow.window().session();
        TraceDocument opened = Objects.requireNonNull(session.opened());
        Object depth = opened.trace().event(session.currentEvent()).value("depth");
        return ((Number) Objects.requireNonNull(depth)).longValue();
    }

    /// Presses a key and waits until the cursor is elsewhere.
    private void pressAndMove(KeyCode key, KeyCode... held) {
        long before = flow.window().session().position();
        flow.press(key, held);
        flow.waitUntil(() -> flow.window().session().position() != before);
        flow.settle();
    }

    private void goToUserDoorbell(int number) {
        flow.filter(USER_DOORBELL);
        assertTrue(flow.eventRows() >= number);
        for (int i = 0; i < number; i++) {
            flow.press(KeyCode.ENTER);
        }
        assertEquals("DB_RING", type());
        flow.press(KeyCode.ESCAPE);
        flow.press(KeyCode.ESCAPE);
        assertEquals("", flow.field("#filterField"));
    }

    /// Type of the event at the cursor, from the heading of its detail.
    private String type() {
        return flow.label("#eventTitle").split(" ", 2)[0];
    }
}
