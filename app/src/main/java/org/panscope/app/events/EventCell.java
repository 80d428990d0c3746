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
    private final @Nullable Function<EventRow, String> more;

    EventCell(String styleClass, Function<EventRow, String> text) {
        this(styleClass, text, null);
    }

    /// @param more what the tooltip says; without it, the text itself where it is long
    EventCell(
            String styleClass,
            Function<EventRow, String> text,
            @Nullable Function<EventRow, String> more) {
        this.text = text;
        this.more = more;
        getStyleClass().add(styleClass);
    }

    @Override
    protected void updateItem(@Nullable EventRow row, boolean empty) {
        super.updateItem(row, empty);
        if (empty || row == null) {
            setText(null);
            setTooltip(null);
            return;
        }
        String shown = text.apply(row);
        setText(shown);
        if (more != null) {
            setTooltip(new Tooltip(more.apply(row)));
        } else {
            setTooltip(shown.length() < TOOLTIP_FROM_LENGTH ? null : new Tooltip(shown));
        }
    }
}
