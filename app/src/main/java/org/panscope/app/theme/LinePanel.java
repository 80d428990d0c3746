package org.panscope.app.theme;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// A panel of lines that lead to places of a trace, under a message. A click, or Enter, goes to the
/// place of a line; Ctrl+C copies.
public final class LinePanel<L> {
    private final ListView<L> list = new ListView<>();
    private final Label message = new Label();
    private final VBox root = new VBox(message, list);
    private final Map<KeyCode, Consumer<L>> keys = new EnumMap<>(KeyCode.class);
    private Function<L, String> copied = Object::toString;

    /// @param id beginning of the ids `…List` and `…Message`
    /// @param title for a screen reader
    public LinePanel(String id, String title, String listStyle, Supplier<ListCell<L>> cells) {
        root.getStyleClass().add("panel");
        message.setId(id + "Message");
        message.getStyleClass().add("panel-doc");
        message.setWrapText(true);
        list.setId(id + "List");
        list.getStyleClass().add(listStyle);
        list.setAccessibleText(title);
        list.setPlaceholder(new Label(""));
        list.setCellFactory(_ -> cells.get());
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        VBox.setVgrow(list, Priority.ALWAYS);
    }

    /// What the panel shows.
    public LinePanel<L> showing(
            ObservableValue<List<L>> lines, ObservableValue<String> messageText) {
        lines.subscribe(now -> list.getItems().setAll(now));
        messageText.subscribe(this::showMessage);
        return this;
    }

    /// What a click and Enter do.
    public LinePanel<L> goingTo(Consumer<L> goTo) {
        keys.put(KeyCode.ENTER, goTo);
        list.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> withSelected(goTo));
        return this;
    }

    /// What another key does with the line selected.
    public LinePanel<L> on(KeyCode key, Consumer<L> action) {
        keys.put(key, action);
        return this;
    }

    /// What Ctrl+C copies when a line is selected.
    public LinePanel<L> copying(Function<L, String> text) {
        copied = text;
        return this;
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

    /// What stands in the panel when there is no line.
    public LinePanel<L> saying(String whenEmpty) {
        list.setPlaceholder(new Label(whenEmpty));
        return this;
    }

    private void showMessage(String text) {
        message.setText(text);
        message.setVisible(!text.isEmpty());
        message.setManaged(!text.isEmpty());
    }

    private void key(KeyEvent event) {
        Consumer<L> action = keys.get(event.getCode());
        if (action != null) {
            withSelected(action);
            event.consume();
        } else if (event.getCode() == KeyCode.C && event.isShortcutDown()) {
            withSelected(this::copy);
            event.consume();
        }
    }

    private void copy(L line) {
        ClipboardContent content = new ClipboardContent();
        content.putString(copied.apply(line));
        Clipboard.getSystemClipboard().setContent(content);
    }

    private void withSelected(Consumer<L> action) {
        L line = list.getSelectionModel().getSelectedItem();
        if (line != null) {
            action.accept(line);
        }
    }
}
