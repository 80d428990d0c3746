package org.panscope.app.query;

import javafx.scene.control.TableCell;

import org.jspecify.annotations.Nullable;

/// A value of an answer; NULL stands back.
final class ResultCell extends TableCell<QueryResult.Row, String> {
    private static final String NULL = "null";

    ResultCell(String style) {
        getStyleClass().add(style);
    }

    @Override
    protected void updateItem(@Nullable String item, boolean empty) {
        super.updateItem(item, empty);
        setText(empty || item == null ? null : item.replace('\n', ' '));
        getStyleClass().remove(NULL);
        if ("NULL".equals(item)) {
            getStyleClass().add(NULL);
        }
    }
}
