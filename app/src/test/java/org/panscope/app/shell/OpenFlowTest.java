package org.panscope.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.css.PseudoClass;
import javafx.scene.control.Hyperlink;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Getting files in and out of the window, and what it says when that fails.
@ExtendWith(ApplicationExtension.class)
final class OpenFlowTest {
    private static final Path HELLO = WindowFlow.SAMPLES.resolve("hello-ring.json");
    private static final Path KERNEL = WindowFlow.SAMPLES.resolve("kernel-submit.json");
    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private WindowFlow flow;

    @Start
    void start(Stage stage) {
        flow = new WindowFlow(stage);
    }

    @AfterEach
    void close() {
        flow.close();
    }

    @Test
    void aFileThatIsNoTraceIsRefusedByName() throws IOException {
        Path notes = folder.resolve("notes.txt");
        Files.writeString(notes, "this is no trace\n");
        flow.open(notes);
        assertEquals("Cannot open " + notes, flow.label("#errorTitle"));
        assertTrue(flow.label("#errorMessage").contains("notes.txt"));
        assertFalse(flow.shows("#errorDetails"));
        flow.press(KeyCode.ESCAPE);
        assertTrue(flow.shows("#startPage"));
    }

    @Test
    void aScenarioWithAMistakeIsRefusedWithLineAndColumn() throws IOException {
        Path scenario = folder.resolve("wrong.json");
        Files.writeString(scenario, "{\n  \"name\": \"wrong\",\n  \"processes\": [}\n");
        flow.open(scenario);
        String message = flow.label("#errorMessage");
        assertTrue(message.contains("wrong.json"), message);
        assertTrue(message.contains("3"), message);
    }

    @Test
    void aMissingFileLeavesTheOpenTraceAlone() {
        flow.open(HELLO);
        String cursor = flow.label("#cursorLabel");
        Path missing = folder.resolve("gone.pscope");
        flow.open(missing);
        assertTrue(flow.label("#errorTitle").endsWith("gone.pscope"));
        assertTrue(flow.label("#errorMessage").contains("gone.pscope"));
        flow.click("#errorClose");
        assertEquals(cursor, flow.label("#cursorLabel"));
    }

    @Test
    void aClosedTraceIsReopenedFromTheStartPage() {
        flow.open(HELLO);
        flow.press(KeyCode.W, KeyCode.CONTROL);
        assertTrue(flow.shows("#startPage"));
        Hyperlink recent = flow.robot().lookup("#recentFiles .hyperlink").queryAs(Hyperlink.class);
        assertTrue(recent.getText().endsWith("hello-ring.json"));
        flow.robot().clickOn(recent);
        flow.waitUntil(() -> flow.window().session().opened() != null);
        flow.settle();
        assertTrue(flow.label("#cursorLabel").endsWith("#1"));
    }

    @Test
    void ofSeveralFilesTheFirstIsOpenedAndTheOthersAreOffered() {
        flow.robot().interact(() -> flow.window().open(List.of(HELLO, KERNEL, WindowFlow.DEMO)));
        flow.waitUntil(() -> flow.window().session().opened() != null);
        flow.settle();
        assertTrue(flow.label("#statusFile").startsWith("hello-ring.json"));
        String notice = flow.label("#noticeMessage");
        assertTrue(notice.contains("kernel-submit.json, demo.json under File"), notice);
        flow.click("#noticeDismiss");
        assertFalse(flow.shows("#noticeBar"));

        flow.press(KeyCode.W, KeyCode.CONTROL);
        assertEquals(
                List.of("hello-ring.json", "kernel-submit.json", "demo.json"),
                flow.robot().lookup("#recentFiles .hyperlink").queryAllAs(Hyperlink.class).stream()
                        .map(link -> Path.of(link.getText()).getFileName().toString())
                        .toList());
    }

    @Test
    void noticeIsGoneOnceAnotherFileIsOpened() {
        flow.robot().interact(() -> flow.window().open(List.of(HELLO, KERNEL)));
        flow.waitUntil(() -> flow.window().session().opened() != null);
        flow.settle();
        assertTrue(flow.shows("#noticeBar"));
        flow.open(KERNEL);
        assertFalse(flow.shows("#noticeBar"));
    }

    @Test
    void manyFilesAreNamedInPartAndCounted() {
        List<Path> others = List.of(Path.of("b"), Path.of("c"), Path.of("d"), Path.of("e"));
        assertTrue(
                NoticeBar.textFor(Path.of("x", "a"), others)
                        .contains("this is a. Find b, c, d and 1 more under"));
        assertEquals("", NoticeBar.textFor(Path.of("a"), List.of()));
    }

    @Test
    void fileMenuOpensWhatIsChosen() {
        flow.choose(HELLO);
        flow.robot().clickOn("#menuBar .menu-button").clickOn("Open…");
        flow.waitUntil(() -> flow.window().session().opened() != null);
        flow.settle();
        assertTrue(flow.label("#statusFile").startsWith("hello-ring.json"));
    }

    @Test
    void themeTogglesBetweenDarkAndLightAndBack() {
        flow.open(HELLO);
        boolean wasDark = isDark();
        flow.press(KeyCode.L, KeyCode.CONTROL, KeyCode.SHIFT);
        assertNotEquals(wasDark, isDark());
        assertEquals(isDark(), flow.window().theme().isDark());
        flow.click("#toggleTheme");
        assertEquals(wasDark, isDark());
    }

    @Test
    void quitKeyEndsTheProgram() {
        flow.press(KeyCode.Q, KeyCode.CONTROL);
        assertTrue(flow.hasQuit());
    }

    private boolean isDark() {
        return flow.window().root().getPseudoClassStates().contains(DARK);
    }
}
