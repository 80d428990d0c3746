package org.panscope.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.app.beliefs.BeliefRow;
import org.panscope.app.fixture.CaptureTrace;
import org.panscope.app.fixture.DoorbellTrace;
import org.panscope.app.session.Worker;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.io.IOException;
import java.nio.file.Path;

/// The window in a person's hands, through visible controls and keys only.
@ExtendWith(ApplicationExtension.class)
final class MainWindowTest {
    private static final Path GOOD = Path.of("doorbell.pscope");
    private static final Path CAPTURE = Path.of("capture.txt");
    private static final Path BAD = Path.of("cut.pscope");

    @TempDir static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private MainWindow window;

    @Start
    void start(Stage stage) {
        window =
                MainWindow.create(
                        new WindowServices(
                                (path, progress) -> {
                                    if (path.equals(BAD)) {
                                        throw new IOException(
                                                BAD
                                                        + ": offset 128: chunk length 999 exceeds"
                                                        + " the file");
                                    }
                                    return path.equals(CAPTURE)
                                            ? CaptureTrace.open(folder)
                                            : DoorbellTrace.open(folder);
                                },
                                () -> GOOD,
                                WindowMemory.forgetful(),
                                Worker.sameThread(),
                                () -> {}));
        stage.setScene(new Scene(window.root(), 1000, 900));
        stage.show();
    }

    private void open(FxRobot robot) {
        robot.clickOn("#startOpen");
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private long belief(Belief belief, String quantity) {
        Cell cell = row(quantity).cell(belief);
        return cell == null ? -1 : (Long) cell.value();
    }

    private BeliefRow row(String quantity) {
        BeliefRow row = window.beliefs().row(quantity);
        if (row == null) {
            throw new AssertionError("no row " + quantity);
        }
        return row;
    }

    @Test
    void applicationsInsertMovesBeforeTheFirmwareNoticesAndBackAgain(FxRobot robot) {
        open(robot);
        robot.type(KeyCode.F10, 8);
        assertEquals("@1400ns#9", text(robot, "#cursorLabel"));
        assertEquals("Ring buffer of queue:1.0, 4 KiB · v10 assumed", text(robot, "#ringTitle"));
        assertEquals(64, belief(Belief.APPLICATION, "insert"));
        assertTrue(belief(Belief.FIRMWARE, "insert") <= 0);
        assertTrue(row("insert").disagrees() || belief(Belief.FIRMWARE, "insert") < 0);

        robot.clickOn("#stepForward").clickOn("#stepForward");
        assertEquals(64, belief(Belief.FIRMWARE, "extract"));
        assertTrue(row("extract").isChanged(Belief.FIRMWARE));
        assertTrue(robot.lookup("#stepForward").query().isDisabled());

        robot.clickOn("#stepBack");
        assertEquals("@5000ns#10", text(robot, "#cursorLabel"));
        assertTrue(belief(Belief.FIRMWARE, "extract") < 64);
        assertEquals(64, belief(Belief.FIRMWARE, "insert"));
    }

    @Test
    void filterFindsAnEventWhileTyping(FxRobot robot) {
        open(robot);
        robot.press(KeyCode.CONTROL).type(KeyCode.F).release(KeyCode.CONTROL);
        robot.write("type == DB_RING");
        TableView<?> table = robot.lookup("#eventTable").queryTableView();
        assertEquals(1, table.getItems().size());
        assertEquals("1 hit", text(robot, "#filterMessage"));
        robot.type(KeyCode.ENTER);
        assertEquals("@1400ns#9", text(robot, "#cursorLabel"));
        assertEquals(0, table.getSelectionModel().getSelectedIndex());

        robot.write(" && gidd == 1");
        assertTrue(text(robot, "#filterMessage").contains("did you mean"));
        robot.type(KeyCode.ESCAPE);
        assertEquals(11, table.getItems().size());
        assertEquals(8, table.getSelectionModel().getSelectedIndex());
    }

    @Test
    void typingAPlainKeyIntoTheFilterIsText(FxRobot robot) {
        open(robot);
        robot.clickOn("#filterField").write("a.b,");
        assertEquals("a.b,", window.events().filterTextProperty().get());
        assertEquals("@0ns#1", text(robot, "#cursorLabel"));
    }

    @Test
    void goToACursorAndBackByHistory(FxRobot robot) {
        open(robot);
        robot.press(KeyCode.CONTROL).type(KeyCode.G).release(KeyCode.CONTROL);
        robot.write("@5000ns#10").type(KeyCode.ENTER);
        assertEquals("@5000ns#10", text(robot, "#cursorLabel"));
        robot.press(KeyCode.ALT).type(KeyCode.LEFT).release(KeyCode.ALT);
        assertEquals("@0ns#1", text(robot, "#cursorLabel"));
        robot.press(KeyCode.ALT).type(KeyCode.RIGHT).release(KeyCode.ALT);
        assertEquals("@5000ns#10", text(robot, "#cursorLabel"));

        robot.press(KeyCode.CONTROL).type(KeyCode.G).release(KeyCode.CONTROL);
        robot.write("#99").type(KeyCode.ENTER);
        assertTrue(text(robot, "#goToProblem").contains("beyond the end"));
        robot.type(KeyCode.ESCAPE);
        assertFalse(robot.lookup("#goToField").tryQuery().isPresent());
    }

    @Test
    void trackKeysStayOnTheTrackOfTheCurrentEvent(FxRobot robot) {
        open(robot);
        robot.type(KeyCode.F10, 6);
        robot.type(KeyCode.PERIOD).type(KeyCode.RIGHT);
        assertEquals("@1400ns#9", text(robot, "#cursorLabel"));
        robot.type(KeyCode.RIGHT);
        assertEquals("@1400ns#9", text(robot, "#cursorLabel"));
        robot.type(KeyCode.COMMA);
        assertEquals("@1250ns#8", text(robot, "#cursorLabel"));
    }

    @Test
    void causeLinkJumpsToTheCause(FxRobot robot) {
        open(robot);
        robot.type(KeyCode.F10, 8).clickOn("#causeLink");
        assertEquals("@1250ns#8", text(robot, "#cursorLabel"));
    }

    @Test
    void paletteRunsACommandAndThemeToggles(FxRobot robot) {
        boolean wasDark = window.theme().isDark();
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT)
                .type(KeyCode.P)
                .release(KeyCode.CONTROL, KeyCode.SHIFT);
        robot.write("dark theme").type(KeyCode.ENTER);
        assertEquals(!wasDark, window.theme().isDark());
        robot.clickOn("#toggleTheme");
        assertEquals(wasDark, window.theme().isDark());
    }

    @Test
    void helpListsEveryCommand(FxRobot robot) {
        robot.type(KeyCode.F1);
        assertNotNull(robot.lookup("#helpPage").query());
        robot.type(KeyCode.ESCAPE);
        assertTrue(robot.lookup("#helpPage").tryQuery().isEmpty());
    }

    @Test
    void aBadFileIsNamedWithPlaceAndCauseAndTheWindowGoesOn(FxRobot robot) {
        robot.interact(() -> window.open(BAD));
        assertEquals("Cannot open cut.pscope", text(robot, "#errorTitle"));
        assertTrue(text(robot, "#errorMessage").contains("offset 128"));
        robot.clickOn("#errorClose");
        open(robot);
        assertEquals("@0ns#1", text(robot, "#cursorLabel"));
        robot.press(KeyCode.CONTROL).type(KeyCode.W).release(KeyCode.CONTROL);
        assertTrue(robot.lookup("#startPage").query().isVisible());
    }

    @Test
    void aRealCaptureIsOpenedAndAnEventFoundByFilter(FxRobot robot) {
        robot.interact(() -> window.open(CAPTURE));
        TableView<?> table = robot.lookup("#eventTable").queryTableView();
        assertEquals(2368, table.getItems().size());
        robot.type(KeyCode.SLASH);
        robot.write("type == drm_sched_job_run && comm ~ worker");
        assertEquals("48 hits", text(robot, "#filterMessage"));
        robot.type(KeyCode.ENTER, 3).type(KeyCode.ESCAPE);
        assertEquals(2368, table.getItems().size());
        assertTrue(text(robot, "#eventTitle").startsWith("drm_sched_job_run"));
        assertTrue(text(robot, "#statusPlace").endsWith("of 2\u2009368"));
    }
}
