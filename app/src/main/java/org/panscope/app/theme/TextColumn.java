package org.panscope.app.theme;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/// Columns of the tables that show a trace: text that is made from the row when it is looked at, in
/// the order the trace has, so neither sorted nor moved.
public final class TextColumn {
    private TextColumn() {}

    /// A column.
    ///
    /// @param styleClass of its head and its cells, for fonts and colours
    public static <T> TableColumn<T, String> of(
            String name, double width, String styleClass, Function<T, String> text) {
        TableColumn<T, String> column = new TableColumn<>(name);
        column.setSortable(false);
        column.setReorderable(false);
        column.setPrefWidth(width);
        column.getStyleClass().add(styleClass);
        column.setCellValueFactory(
                data -> new ReadOnlyObjectWrapper<>(text.apply(data.getValue())));
        column.setCellFactory(_ -> cell(styleClass));
        return column;
    }

    private static <T> TableCell<T, String> cell(String styleClass) {
        TableCell<T, String> cell =
                new TableCell<>() {
                    @Override
                    protected void updateItem(@Nullable String item, boolean empty) {
                        super.updateItem(item, empty);
                        setText(empty ? null : item);
                    }
                };
        cell.getStyleClass().add(styleClass);
        return cell;
    }
}
