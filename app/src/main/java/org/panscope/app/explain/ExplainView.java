package org.panscope.app.explain;

import javafx.scene.Node;

import org.panscope.app.theme.LinePanel;

import java.util.stream.Collectors;

/// The Explain panel. A click, or Enter, on a link goes to the event that proves it; Ctrl+C copies
/// the whole chain.
public final class ExplainView {
    private final ExplainModel model;
    private final LinePanel<ExplainLine> panel;

    public ExplainView(ExplainModel model) {
        this.model = model;
        panel =
                new LinePanel<>(
                                "explain",
                                "Why the object does not run or is not signalled",
                                "quality-list",
                                ExplainCell::new)
                        .showing(model.linesProperty(), model.messageProperty())
                        .goingTo(model::goTo)
                        .copying(line -> chain());
    }

    private String chain() {
        return model.messageProperty().get()
                + "\n"
                + model.linesProperty().get().stream()
                        .map(ExplainLine::sentence)
                        .collect(Collectors.joining("\n"));
    }

    public Node root() {
        return panel.root();
    }

    /// Puts the keyboard into the list.
    public void focus() {
        panel.focus();
    }
}
