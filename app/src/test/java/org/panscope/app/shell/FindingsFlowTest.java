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
import org.panscope.app.findings.FindingLine;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.io.IOException;
import java.nio.file.Path;

/// What the analyzer found, in the window: by keys from finding to finding and to what proves it.
@ExtendWith(ApplicationExtension.class)
final class FindingsFlowTest {
    private static final Path RACE = Path.of("..", "samples", "create-kick-race.json");

    @SuppressWarnings("NullAway.Init")
    private WindowFlow flow;

    @Start
    void start(Stage stage) {
        flow = new WindowFlow(stage);
    }

    @BeforeEach
    void open() throws IOException {
        flow.open(RACE);
    }

    @AfterEach
    void close() {
        flow.close();
    }

    private ListView<FindingLine> list() {
        return flow.robot().lookup("#findingsList").queryListView();
    }

    @Test
    void keysGoFromFindingToFindingAndThroughTheirProof() {
        flow.press(KeyCode.DIGIT4, KeyCode.CONTROL);
        assertEquals(
                "tabFindings",
                flow.robot()
                        .lookup("#lowerTabs")
                        .queryAs(TabPane.class)
                        .getSelectionModel()
                        .getSelectedItem()
                        .getId());
        flow.waitUntil(() -> !list().getItems().isEmpty());
        assertTrue(list().isFocused());
        flow.press(KeyCode.HOME);
        while (!list().getSelectionModel().getSelectedItem().badge().equals("I2 E")) {
            flow.press(KeyCode.DOWN);
        }
        FindingLine twice = list().getSelectionModel().getSelectedItem();
        flow.press(KeyCode.ENTER);
        assertEquals(twice.proof().getFirst(), flow.window().session().currentEvent());
        flow.press(KeyCode.SPACE);
        assertEquals(twice.proof().get(1), flow.window().session().currentEvent());
    }
}
