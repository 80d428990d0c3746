package org.panscope.app.open;

import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Lets a person drop a file onto a node to open it.
public final class FileDrop {
    private FileDrop() {}

    /// Hands the dropped files to `open`, in the order of the drop.
    public static void install(Node target, Consumer<List<Path>> open) {
        target.addEventHandler(
                DragEvent.DRAG_OVER,
                event -> {
                    if (event.getDragboard().hasFiles()) {
                        event.acceptTransferModes(TransferMode.COPY);
                        event.consume();
                    }
                });
        target.addEventHandler(
                DragEvent.DRAG_DROPPED,
                event -> {
                    Dragboard board = event.getDragboard();
                    boolean hasFile = board.hasFiles() && !board.getFiles().isEmpty();
                    if (hasFile) {
                        open.accept(board.getFiles().stream().map(File::toPath).toList());
                    }
                    event.setDropCompleted(hasFile);
                    event.consume();
                });
    }
}
