package org.panscope.app.quality;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

/// A line of the panel: name, what is known, and where. Long texts take several lines.
final class QualityCell extends ListCell<QualityLine> {
    private static final PseudoClass HEADING = PseudoClass.getPseudoClass("heading");
    private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");
    private static final PseudoClass ABSENT = PseudoClass.getPseudoClass("absent");
    private static final double NAME_WIDTH = 190;

    private final Label name = label("quality-name");
    private final Label value = label("quality-value");
    private final Label place = label("quality-place");
    private final HBox box = new HBox(name, value, place);

    QualityCell() {
        getStyleClass().add("quality-cell");
        name.setMinWidth(NAME_WIDTH);
        name.setMaxWidth(NAME_WIDTH);
        name.setPrefWidth(NAME_WIDTH);
        value.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(value, Priority.ALWAYS);
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
        name.setText(line.name());
        value.setText(line.value());
        place.setText(line.place());
        setAccessibleText(line.sentence());
        setGraphic(box);
    }
}
