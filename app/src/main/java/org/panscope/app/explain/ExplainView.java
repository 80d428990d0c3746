package org.panscope.app.explain;

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

import java.util.stream.Collectors;

/// The Explain panel. A click, or Enter, on a link goes to the event that proves it; Ctrl+C copies
/// the whole chain.
public final class ExplainView {
    private final ExplainModel model;
    private final ListView<ExplainLine> list = new ListView<>();
    private final Label message = new Label();
    private final VBox root = new VBox(message, list);

    public ExplainView(ExplainModel model) {
        this.model = model;
        root.getStyleClass().add("panel");
        message.setId("explainMessage");
        message.getStyleClass().add("panel-doc");
        message.setWrapText(true);
        list.setId("explainList");
        list.getStyleClass().add("quality-list");
        list.setAccessibleText("Why the object does not run or is not signalled");
        list.setPlaceholder(new Label(""));
        list.setCellFactory(_ -> new ExplainCell());
        list.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        list.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> goToSelected());
        VBox.setVgrow(list, Priority.ALWAYS);
        model.linesProperty().subscribe(lines -> list.getItems().setAll(lines));
        model.messageProperty().subscribe(message::setText);
    }

    public Node root() {
        return root;
    }

    /// Puts the keyboard into the list.
    public void focus() {
        list.requestFocus();
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            goToSelected();
            event.consume();
        } else if (event.getCode() == KeyCode.C && event.isShortcutDown()) {
            ClipboardContent content = new ClipboardContent();
            content.putString(
                    message.getText()
                            + "\n"
                            + list.getItems().stream()
                                    .map(ExplainLine::sentence)
                                    .collect(Collectors.joining("\n")));
            Clipboard.getSystemClipboard().setContent(content);
            event.consume();
        }
    }

    private void goToSelected() {
        ExplainLine line = list.getSelectionModel().getSelectedItem();
        if (line != null) {
            model.goTo(line);
        }
    }
}
