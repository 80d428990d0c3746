package org.panscope.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.app.quality.QualityLine;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.io.IOException;
import java.nio.file.Path;

/// A capture that lost events, in the window: what was lost is found and gone to by keys and mouse.
@ExtendWith(ApplicationExtension.class)
final class QualityFlowTest {
    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private WindowFlow flow;

    @Start
    void start(Stage stage) {
        flow = new WindowFlow(stage);
    }

    @BeforeEach
    void open() throws IOException {
        flow.open(LossyCapture.in(folder));
    }

    @AfterEach
    void close() {
        flow.close();
    }

    private ListView<QualityLine> list() {
        return flow.robot().lookup("#qualityList").queryListView();
    }

    private void waitForTheWhole() {
        flow.waitUntil(() ->
                list().getItems().stream().anyMatch(line -> line.name().equals("Pairs of events")));
    }

    private String shownTab() {
        return flow.robot()
                .lookup("#stateTabs")
                .queryAs(TabPane.class)
                .getSelectionModel()
                .getSelectedItem()
                .getId();
    }

    @Test
    void keysGoFromLineToLineAndToThePlaceOfALoss() {
        flow.press(KeyCode.DIGIT3, KeyCode.CONTROL);
        assertEquals("tabQuality", shownTab());
        waitForTheWhole();
        assertTrue(list().isFocused());
        int steps = 0;
        while (!list().getSelectionModel().getSelectedItem().name().equals("ring overrun")) {
            flow.press(KeyCode.DOWN);
            assertTrue(++steps < 30, "no loss among the first lines");
        }
        QualityLine loss = list().getSelectionModel().getSelectedItem();
        flow.press(KeyCode.ENTER);
        assertEquals(loss.seq(), flow.window().session().currentEvent());
        assertEquals(
                Long.toString(loss.seq() == null ? -1 : loss.seq()),
                flow.selectedEvent().getFirst());
    }

    @Test
    void theStatusLineTellsOfLossesAndOpensThePanel() {
        assertEquals("⚠ at least 121 events lost", flow.label("#statusLosses"));
        flow.click("#statusLosses");
        assertEquals("tabQuality", shownTab());
        waitForTheWhole();
        assertTrue(
                list().getItems().stream()
                        .anyMatch(line -> line.value().contains("120 EVENTS DROPPED")));
    }

    @Test
    void aClickOnALineGoesToItsPlace() {
        flow.press(KeyCode.DIGIT3, KeyCode.CONTROL);
        waitForTheWhole();
        int index = 0;
        while (!list().getItems().get(index).name().equals("unparsed line")) {
            index++;
        }
        int place = index;
        flow.robot().interact(() -> list().scrollTo(place));
        flow.robot().clickOn("unparsed line");
        flow.settle();
        QualityLine line = list().getSelectionModel().getSelectedItem();
        assertEquals("unparsed line", line.name());
        assertEquals(line.seq(), flow.window().session().currentEvent());
    }

    @Test
    void anotherTraceIsReadWhileThePanelIsOpen() {
        flow.press(KeyCode.DIGIT3, KeyCode.CONTROL);
        waitForTheWhole();
        flow.open(WindowFlow.CAPTURE);
        flow.waitUntil(() ->
                list().getItems().stream()
                        .anyMatch(line -> line.value().equals("each found its partner")));
        assertEquals("nothing lost", flow.label("#statusLosses"));
    }
}
