package org.panscope.app.explain;

import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.scene.control.ListCell;

import org.jspecify.annotations.Nullable;
import org.panscope.app.theme.PlaceRow;
import org.panscope.core.explain.Verdict;

/// A link: what it comes to, the sentence, and the place that proves it. Long texts take several
/// lines.
final class ExplainCell extends ListCell<ExplainLine> {
    private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");
    private static final PseudoClass ABSENT = PseudoClass.getPseudoClass("absent");
    private static final double MARK_WIDTH = 80;
    private static final double INDENT = 20;

    private final PlaceRow row = new PlaceRow("quality", MARK_WIDTH);

    ExplainCell() {
        getStyleClass().add("quality-cell");
        PlaceRow.fit(this);
    }

    @Override
    protected void updateItem(@Nullable ExplainLine line, boolean empty) {
        super.updateItem(line, empty);
        Verdict verdict = empty || line == null ? Verdict.WAITING : line.verdict();
        pseudoClassStateChanged(PROBLEM, verdict == Verdict.ROOT_CAUSE);
        pseudoClassStateChanged(ABSENT, verdict == Verdict.UNKNOWN);
        if (empty || line == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        row.show(line.mark(), line.text(), line.place());
        row.box().setPadding(new Insets(0, 0, 0, line.depth() * INDENT));
        setAccessibleText(line.sentence());
        setGraphic(row.box());
    }
}
