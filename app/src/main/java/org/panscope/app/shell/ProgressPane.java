package org.panscope.app.shell;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import org.panscope.app.session.OpenModel;

/// How far the opening of a file is, with a way to stop it. Takes no room when nothing is opened.
final class ProgressPane {
    private final HBox root = new HBox();

    ProgressPane(OpenModel opening) {
        Label step = new Label();
        step.setId("progressStep");
        step.textProperty().bind(opening.stepProperty());
        ProgressBar bar = new ProgressBar();
        bar.setId("progressBar");
        bar.setAccessibleText("Progress of opening the file");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.progressProperty().bind(opening.fractionProperty());
        HBox.setHgrow(bar, Priority.ALWAYS);
        Button cancel = new Button("Cancel");
        cancel.setId("progressCancel");
        cancel.setOnAction(event -> opening.cancel());
        root.setId("progressPane");
        root.getStyleClass().add("progress-pane");
        root.getChildren().addAll(step, bar, cancel);
        root.visibleProperty().bind(opening.isOpeningProperty());
        root.managedProperty().bind(opening.isOpeningProperty());
    }

    Node root() {
        return root;
    }
}
