package org.panscope.app.findings;

import javafx.scene.Node;
import javafx.scene.input.KeyCode;

import org.panscope.app.theme.LinePanel;

/// The findings panel. A click, or Enter, on a line goes to its first event; Space goes from one
/// event that proves it to the next; Ctrl+C copies it.
public final class FindingsView {
    private final LinePanel<FindingLine> panel;

    public FindingsView(FindingsModel model) {
        panel =
                new LinePanel<>("findings", "Findings", "finding-list", FindingCell::new)
                        .showing(model.linesProperty(), model.messageProperty())
                        .goingTo(model::goTo)
                        .on(KeyCode.SPACE, model::goToNextProof)
                        .copying(FindingLine::sentence);
    }

    public Node root() {
        return panel.root();
    }

    /// Puts the keyboard into the list.
    public void focus() {
        panel.focus();
    }
}
