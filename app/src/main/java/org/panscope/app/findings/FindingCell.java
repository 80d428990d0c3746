package org.panscope.app.findings;

import javafx.css.PseudoClass;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;

import org.jspecify.annotations.Nullable;
import org.panscope.app.theme.PlaceRow;

/// A line of the panel: rule and severity, what is wrong, and where. Long texts take several lines.
final class FindingCell extends ListCell<FindingLine> {
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");
    private static final PseudoClass NOTE = PseudoClass.getPseudoClass("note");
    private static final double BADGE_WIDTH = 58;

    private final PlaceRow row = new PlaceRow("finding", BADGE_WIDTH);
    private final Tooltip rule = new Tooltip();

    FindingCell() {
        getStyleClass().add("finding-cell");
        rule.setWrapText(true);
        rule.setMaxWidth(420);
        PlaceRow.fit(this);
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
        row.show(line.badge(), line.text(), line.place());
        row.setNamed(!line.badge().isEmpty());
        rule.setText(line.rule());
        setTooltip(line.rule().isEmpty() ? null : rule);
        setAccessibleText(line.sentence());
        setGraphic(row.box());
    }
}
