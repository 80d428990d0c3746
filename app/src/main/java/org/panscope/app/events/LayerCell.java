package org.panscope.app.events;

import javafx.scene.control.TableCell;
import javafx.scene.shape.Rectangle;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.Layer;

/// Layer of an event: its name with its colour beside it.
final class LayerCell extends TableCell<EventRow, EventRow> {
    private static final double SWATCH = 9;

    private final Rectangle swatch = new Rectangle(SWATCH, SWATCH);

    LayerCell() {
        getStyleClass().add("layer");
        swatch.getStyleClass().add("swatch");
    }

    @Override
    protected void updateItem(@Nullable EventRow row, boolean empty) {
        super.updateItem(row, empty);
        if (empty || row == null) {
            setText(null);
            setGraphic(null);
            return;
        }
        Layer layer = row.event().type().layer();
        setText(layer.label());
        swatch.getStyleClass().setAll("swatch", "layer-" + layer.label());
        setGraphic(swatch);
    }
}
