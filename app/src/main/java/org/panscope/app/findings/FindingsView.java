package org.panscope.app.findings;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The findings panel. A click, or Enter, on a line goes to its first event; Space goes from one
/// event that proves it to the next; Ctrl+C copies it.
public final class FindingsView {
    private final FindingsModel model;
    private final ListView<FindingLine> list = new ListView<>();
    private final Label message = new Label();
    private final VBox root = new VBox(message, list);

    public FindingsView(FindingsModel model) {
        this.model = model;
        root.getStyleClass().add("panel");
        message.setId("findingsMessage");
        message.getStyleClass().add("panel-doc");
        list.setId("findingsList");
        list.getStyleClass().add("finding-list");
        list.setAccessibleText("Findings");
        list.setPlaceholder(new Label(""));
        list.setCellFactory(_ -> new FindingCell());
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> goToSelected());
        VBox.setVgrow(list, Priority.ALWAYS);
        model.linesProperty().subscribe(lines -> list.getItems().setAll(lines));
        model.messageProperty().subscribe(this::showMessage);
    }

    public Node root() {
        return root;
    }

    /// Puts the keyboard into the list.
    public void focus() {
        list.requestFocus();
        if (list.getSelectionModel().isEmpty()) {
            list.getSelectionModel().selectFirst();
        }
    }

    private void showMessage(String text) {
        message.setText(text);
        message.setVisible(!text.isEmpty());
        message.setManaged(!text.isEmpty());
    }

    private void key(KeyEvent event) {
        FindingLine line = list.getSelectionModel().getSelectedItem();
        if (line == null) {
            return;
        }
        if (event.getCode() == KeyCode.ENTER) {
            goToSelected();
            event.consume();
        } else if (event.getCode() == KeyCode.SPACE) {
            model.goToNextProof(line);
            event.consume();
        } else if (event.getCode() == KeyCode.C && event.isShortcutDown()) {
            ClipboardContent content = new ClipboardContent();
            content.putString(line.sentence());
            Clipboard.getSystemClipboard().setContent(content);
            event.consume();
        }
    }

    private void goToSelected() {
        FindingLine line = list.getSelectionModel().getSelectedItem();
        if (line != null) {
            model.goTo(line);
        }
    }
}
