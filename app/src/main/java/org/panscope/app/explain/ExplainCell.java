package org.panscope.app.explain;

import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;
import org.panscope.core.explain.Verdict;

/// A link: what it comes to, the sentence, and the place that proves it. Long texts take several
/// lines.
final class ExplainCell extends ListCell<ExplainLine> {
    private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");
    private static final PseudoClass ABSENT = PseudoClass.getPseudoClass("absent");
    private static final double MARK_WIDTH = 80;
    private static final double INDENT = 20;

    private final Label mark = label("quality-name");
    private final Label sentence = label("quality-value");
    private final Label place = label("quality-place");
    private final HBox box = new HBox(mark, sentence, place);

    ExplainCell() {
        getStyleClass().add("quality-cell");
        mark.setMinWidth(MARK_WIDTH);
        mark.setMaxWidth(MARK_WIDTH);
        mark.setPrefWidth(MARK_WIDTH);
        sentence.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(sentence, Priority.ALWAYS);
        place.setWrapText(false);
        place.setMinWidth(Region.USE_PREF_SIZE);
        place.setAlignment(Pos.TOP_RIGHT);
        box.setSpacing(10);
        // As wide as the list: the texts are to wrap, not to make the list scroll sideways.
        setPrefWidth(0);
    }

    private static Label label(String styleClass) {
        Label label = new Label();
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add(styleClass);
        return label;
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
        mark.setText(line.mark());
        sentence.setText(line.text());
        place.setText(line.place());
        box.setPadding(new Insets(0, 0, 0, line.depth() * INDENT));
        setAccessibleText(line.sentence());
        setGraphic(box);
    }
}
