package org.panscope.app.shell;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

/// Dialogs inside the window: one at a time, over everything else. Esc or a click beside it closes
/// it and gives the keyboard back to whoever had it.
final class Overlays {
    private final StackPane layer = new StackPane();
    private @Nullable Node returnFocusTo;

    Overlays() {
        layer.getStyleClass().add("scrim");
        layer.setVisible(false);
        layer.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        close();
                        event.consume();
                    }
                });
        layer.addEventHandler(
                MouseEvent.MOUSE_CLICKED,
                event -> {
                    if (layer.equals(event.getTarget())) {
                        close();
                    }
                });
    }

    /// The layer to put on top of the window's content.
    StackPane layer() {
        return layer;
    }

    boolean isShowing() {
        return layer.isVisible();
    }

    /// Shows a dialog and puts the keyboard into it.
    void show(Region dialog, Node focus) {
        if (!isShowing()) {
            returnFocusTo = layer.getScene() == null ? null : layer.getScene().getFocusOwner();
        }
        dialog.getStyleClass().add("dialog");
        dialog.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        StackPane.setAlignment(dialog, Pos.CENTER);
        layer.getChildren().setAll(dialog);
        layer.setVisible(true);
        focus.requestFocus();
    }

    void close() {
        layer.setVisible(false);
        layer.getChildren().clear();
        if (returnFocusTo != null) {
            returnFocusTo.requestFocus();
            returnFocusTo = null;
        }
    }
}
