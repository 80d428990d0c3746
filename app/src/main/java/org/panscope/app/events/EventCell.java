package org.panscope.app.events;

import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/// A cell of the event list that shows text made from its row.
final class EventCell extends TableCell<EventRow, EventRow> {
    /// Shorter text fits its column; a tooltip would only be in the way.
    private static final int TOOLTIP_FROM_LENGTH = 24;

    private final Function<EventRow, String> text;

    EventCell(String styleClass, Function<EventRow, String> text) {
        this.text = text;
        getStyleClass().add(styleClass);
    }

    @Override
    protected void updateItem(@Nullable EventRow row, boolean empty) {
        super.updateItem(row, empty);
        String shown = empty || row == null ? null : text.apply(row);
        setText(shown);
        setTooltip(
                shown == null || shown.length() < TOOLTIP_FROM_LENGTH ? null : new Tooltip(shown));
    }
}
