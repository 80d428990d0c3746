package org.panscope.app.findings;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

/// A line of the panel: rule and severity, what is wrong, and where. Long texts take several lines.
final class FindingCell extends ListCell<FindingLine> {
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");
    private static final PseudoClass NOTE = PseudoClass.getPseudoClass("note");
    private static final double BADGE_WIDTH = 58;

    private final Label badge = label("finding-badge");
    private final Label text = label("finding-text");
    private final Label place = label("finding-place");
    private final HBox box = new HBox(badge, text, place);
    private final Tooltip rule = new Tooltip();

    FindingCell() {
        getStyleClass().add("finding-cell");
        badge.setMinWidth(BADGE_WIDTH);
        badge.setMaxWidth(BADGE_WIDTH);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        place.setWrapText(false);
        place.setMinWidth(Region.USE_PREF_SIZE);
        place.setAlignment(Pos.TOP_RIGHT);
        box.setSpacing(10);
        rule.setWrapText(true);
        rule.setMaxWidth(420);
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
    protected void updateItem(@Nullable FindingLine line, boolean empty) {
        super.updateItem(line, empty);
        FindingLine.Kind kind = empty || line == null ? null : line.kind();
        pseudoClassStateChanged(ERROR, kind == FindingLine.Kind.ERROR);
        pseudoClassStateChanged(NOTE, kind == FindingLine.Kind.NOTE);
        if (empty || line == null) {
            setGraphic(null);
            setTooltip(null);
            setAccessibleText(null);
            return;
        }
        badge.setText(line.badge());
        badge.setVisible(!line.badge().isEmpty());
        badge.setManaged(!line.badge().isEmpty());
        text.setText(line.text());
        place.setText(line.place());
        rule.setText(line.rule());
        setTooltip(line.rule().isEmpty() ? null : rule);
        setAccessibleText(line.sentence());
        setGraphic(box);
    }
}
