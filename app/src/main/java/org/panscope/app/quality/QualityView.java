package org.panscope.app.quality;

import javafx.scene.Node;

import org.panscope.app.theme.LinePanel;

/// The capture-quality panel. A click, or Enter, on a line goes to its place; Ctrl+C copies it.
public final class QualityView {
    private final LinePanel<QualityLine> panel;

    public QualityView(QualityModel model) {
        panel =
                new LinePanel<>(
                                "quality",
                                "Quality of the capture",
                                "quality-list",
                                QualityCell::new)
                        .saying("No trace is open.")
                        .showing(model.linesProperty(), model.messageProperty())
                        .goingTo(model::goTo)
                        .copying(QualityLine::sentence);
    }

    public Node root() {
        return panel.root();
    }

    /// Puts the keyboard into the list.
    public void focus() {
        panel.focus();
    }
}
