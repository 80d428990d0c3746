package org.panscope.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panscope.app.registers.RegisterLine;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// The register table in the window, used with the keyboard alone.
@ExtendWith(ApplicationExtension.class)
final class RegistersFlowTest {
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
    void aRequestIsPendingUntilTheFirmwareAcknowledgesIt() {
        flow.open(WindowFlow.DEMO);
        flow.filter("type == FW_REQ && block == CSG0 && word == req");
        flow.press(KeyCode.ENTER);
        flow.press(KeyCode.ENTER); // an acknowledge was seen by now
        flow.press(KeyCode.DIGIT2, KeyCode.CONTROL);
        assertEquals("CSG0", flow.window().registers().blockProperty().get().title());
        assertTrue(texts().stream().anyMatch(text -> text.startsWith("● req")), texts()::toString);
        assertTrue(shown().stream().anyMatch(RegisterLine::isPending));
        flow.filter("type == FW_ACK && block == CSG0 && word == ack");
        flow.press(KeyCode.ENTER);
        assertTrue(texts().stream().anyMatch(text -> text.startsWith("● ack")), texts()::toString);
        assertFalse(shown().stream().anyMatch(RegisterLine::isPending), texts()::toString);
    }

    @Test
    void enterGoesToTheWriterAndCtrlCCopies() {
        flow.open(WindowFlow.DEMO);
        flow.filter("type == FW_ACK && block == CSG0 && word == ack");
        flow.press(KeyCode.ENTER);
        flow.press(KeyCode.DIGIT2, KeyCode.CONTROL);
        TableView<RegisterLine> table = flow.robot().lookup("#registerTable").queryTableView();
        RegisterLine req =
                shown().stream()
                        .filter(line -> line.row().word().name().equals("req"))
                        .findFirst()
                        .orElseThrow();
        flow.robot()
                .interact(() -> {
                    table.requestFocus();
                    table.getSelectionModel().select(req);
                });
        assertTrue(flow.shows("#registerFields"));
        flow.press(KeyCode.C, KeyCode.CONTROL);
        AtomicReference<String> copied = new AtomicReference<>("");
        flow.robot().interact(() -> copied.set(Clipboard.getSystemClipboard().getString()));
        assertTrue(copied.get().contains("STATE=START"), copied::get);
        flow.press(KeyCode.ENTER);
        assertTrue(flow.label("#eventTitle").startsWith("FW_REQ"), flow.label("#eventTitle"));
        assertEquals(
                "req",
                table.getSelectionModel().getSelectedItem().row().word().name(),
                "the word stays selected");
    }

    private List<RegisterLine> shown() {
        TableView<RegisterLine> table = flow.robot().lookup("#registerTable").queryTableView();
        return List.copyOf(table.getItems());
    }

    private List<String> texts() {
        return shown().stream().map(line -> line.name() + " " + line.meaning()).toList();
    }
}
