package org.panscope.app.quality;

import javafx.css.PseudoClass;
import javafx.scene.control.ListCell;

import org.jspecify.annotations.Nullable;
import org.panscope.app.theme.PlaceRow;

/// A line of the panel: name, what is known, and where. Long texts take several lines.
final class QualityCell extends ListCell<QualityLine> {
    private static final PseudoClass HEADING = PseudoClass.getPseudoClass("heading");
    private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");
    private static final PseudoClass ABSENT = PseudoClass.getPseudoClass("absent");
    private static final double NAME_WIDTH = 190;

    private final PlaceRow row = new PlaceRow("quality", NAME_WIDTH);

    QualityCell() {
        getStyleClass().add("quality-cell");
        PlaceRow.fit(this);
    }

    @Override
    protected void updateItem(@Nullable QualityLine line, boolean empty) {
        super.updateItem(line, empty);
        QualityLine.Kind kind = empty || line == null ? QualityLine.Kind.FACT : line.kind();
        pseudoClassStateChanged(HEADING, kind == QualityLine.Kind.HEADING);
        pseudoClassStateChanged(PROBLEM, kind == QualityLine.Kind.PROBLEM);
        pseudoClassStateChanged(ABSENT, kind == QualityLine.Kind.ABSENT);
        if (empty || line == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        row.show(line.name(), line.value(), line.place());
        setAccessibleText(line.sentence());
        setGraphic(row.box());
    }
}
