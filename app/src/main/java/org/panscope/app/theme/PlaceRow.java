package org.panscope.app.theme;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// What a list cell of a panel shows: a name in a narrow column, a sentence, and where in the trace
/// that is. Long texts take several lines; the place takes one.
public final class PlaceRow {
    private final Label name;
    private final Label text;
    private final Label place;
    private final HBox box;

    /// @param styles beginning of the style classes `…-name`, `…-text` and `…-place`
    /// @param nameWidth of the column of names
    public PlaceRow(String styles, double nameWidth) {
        name = label(styles + "-name");
        text = label(styles + "-text");
        place = label(styles + "-place");
        box = new HBox(name, text, place);
        name.setMinWidth(nameWidth);
        name.setMaxWidth(nameWidth);
        name.setPrefWidth(nameWidth);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        place.setWrapText(false);
        place.setMinWidth(Region.USE_PREF_SIZE);
        place.setAlignment(Pos.TOP_RIGHT);
        box.setSpacing(10);
    }

    /// Makes a cell as wide as its list: the texts are to wrap, not to make the list scroll
    /// sideways.
    public static void fit(ListCell<?> cell) {
        cell.setPrefWidth(0);
    }

    private static Label label(String styleClass) {
        Label label = new Label();
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add(styleClass);
        return label;
    }

    /// Shows these texts.
    public void show(String nameText, String sentence, String placeText) {
        name.setText(nameText);
        text.setText(sentence);
        place.setText(placeText);
    }

    /// Whether there is a column of names.
    public void setNamed(boolean isNamed) {
        name.setVisible(isNamed);
        name.setManaged(isNamed);
    }

    /// What a cell takes as its graphic.
    public HBox box() {
        return box;
    }
}
