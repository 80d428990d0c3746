package org.panscope.app.registers;

import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.panscope.app.theme.TextColumn;
import org.panscope.core.state.view.DecodedField;
import org.panscope.core.state.view.RegisterView;
import org.panscope.core.state.view.ValueText;

import java.util.List;

/// The fields of one word below the register table: bits, raw value, meaning.
final class BitFieldsView {
    private static final double ROW_HEIGHT = 22;
    private static final int MOST_ROWS = 6;

    private final VBox root = new VBox();
    private final TableView<DecodedField> table = new TableView<>();
    private List<String> changed = List.of();

    BitFieldsView() {
        root.getChildren().add(table);
        table.setId("registerFields");
        table.setAccessibleText("Fields of the selected word");
        table.setFixedCellSize(ROW_HEIGHT);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        table.getColumns()
                .addAll(
                        List.of(
                                TextColumn.of("Field", 190, "word", this::name),
                                TextColumn.of("Bits", 54, "number", DecodedField::bits),
                                TextColumn.of(
                                        "Raw", 118, "word", field -> ValueText.hex(field.raw())),
                                TextColumn.of("Reads", 150, "word", DecodedField::text),
                                TextColumn.of("Meaning", 260, "secondary", DecodedField::doc)));
        show(null);
    }

    VBox root() {
        return root;
    }

    /// Shows the fields of a word; nothing when it has none or was never seen.
    void show(RegisterView.@Nullable Row row) {
        List<DecodedField> fields = row == null ? List.of() : row.decoded();
        changed = row == null ? List.of() : row.changedFields();
        table.getItems().setAll(fields);
        root.setVisible(!fields.isEmpty());
        root.setManaged(!fields.isEmpty());
        double height = (Math.min(fields.size(), MOST_ROWS) + 1) * ROW_HEIGHT + 6;
        table.setPrefHeight(height);
        table.setMinHeight(height);
        table.setMaxHeight(height);
    }

    private String name(DecodedField field) {
        return (changed.contains(field.name()) ? RegisterLine.CHANGED : "   ") + field.name();
    }
}
