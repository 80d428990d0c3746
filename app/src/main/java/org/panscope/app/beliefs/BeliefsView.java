package org.panscope.app.beliefs;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.panscope.app.events.FieldValues;
import org.panscope.app.session.SessionModel;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;

import java.util.Locale;

/// The four-beliefs table. Disagreement shows as `≠` and colour, a value the last step changed as a
/// dot, a value nobody observed as `?`.
public final class BeliefsView {
    /// Room for an address.
    private static final double VALUE_WIDTH = 142;

    private final VBox root = new VBox();
    private final TableView<BeliefRow> table = new TableView<>();

    public BeliefsView(SessionModel session, BeliefsModel model) {
        root.getStyleClass().add("panel");
        root.getChildren().addAll(header(session, model), table);
        VBox.setVgrow(table, Priority.ALWAYS);
        table.setId("beliefsTable");
        table.setAccessibleText("What each layer believes about the chosen object");
        table.setItems(model.rows());
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        Label placeholder = new Label();
        placeholder.textProperty().bind(model.messageProperty());
        table.setPlaceholder(placeholder);
        table.getColumns().add(quantityColumn());
        for (Belief belief : Belief.values()) {
            table.getColumns().add(beliefColumn(model, belief));
        }
    }

    public VBox root() {
        return root;
    }

    private HBox header(SessionModel session, BeliefsModel model) {
        TextField chooser = new ObjectChooser(session, model).field();
        CheckBox follow = new CheckBox("Follow event");
        follow.setId("followEvent");
        follow.setMinWidth(CheckBox.USE_PREF_SIZE);
        follow.setTooltip(new Tooltip("Show the object the current event changed"));
        follow.selectedProperty().bindBidirectional(session.followEventProperty());
        HBox.setHgrow(chooser, Priority.ALWAYS);
        HBox header = new HBox(chooser, follow);
        header.getStyleClass().add("panel-header");
        return header;
    }

    private static TableColumn<BeliefRow, BeliefRow> quantityColumn() {
        TableColumn<BeliefRow, BeliefRow> column = new TableColumn<>("Quantity");
        column.setSortable(false);
        column.setReorderable(false);
        column.setMinWidth(110);
        column.setPrefWidth(128);
        column.setCellValueFactory(data -> new ReadOnlyObjectWrapper<>(data.getValue()));
        column.setCellFactory(_ ->
                new TableCell<>() {
                    @Override
                    protected void updateItem(@Nullable BeliefRow row, boolean empty) {
                        super.updateItem(row, empty);
                        BeliefRow shown = empty ? null : row;
                        mark(this, "disagrees", shown != null && shown.disagrees());
                        setText(shown == null ? null : label(shown));
                    }
                });
        return column;
    }

    private static String label(BeliefRow row) {
        return (row.disagrees() ? "≠ " : "   ") + row.quantity();
    }

    private static TableColumn<BeliefRow, BeliefRow> beliefColumn(
            BeliefsModel model, Belief belief) {
        String label = belief.label();
        TableColumn<BeliefRow, BeliefRow> column =
                new TableColumn<>(
                        label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1));
        column.setId("belief-" + label);
        column.setSortable(false);
        column.setReorderable(false);
        column.setMinWidth(70);
        column.setPrefWidth(VALUE_WIDTH);
        column.setCellValueFactory(data -> new ReadOnlyObjectWrapper<>(data.getValue()));
        column.setCellFactory(_ -> new ValueCell(model, belief));
        return column;
    }

    private static void mark(TableCell<?, ?> cell, String styleClass, boolean on) {
        cell.getStyleClass().remove(styleClass);
        if (on) {
            cell.getStyleClass().add(styleClass);
        }
    }

    /// One value of one belief.
    private static final class ValueCell extends TableCell<BeliefRow, BeliefRow> {
        private final Belief belief;

        ValueCell(BeliefsModel model, Belief belief) {
            this.belief = belief;
            getStyleClass().add("value-cell");
            setOnMouseClicked(click -> {
                BeliefRow row = getItem();
                if (row != null && click.getClickCount() == 2) {
                    model.goToWriter(row, belief);
                }
            });
        }

        @Override
        protected void updateItem(@Nullable BeliefRow row, boolean empty) {
            super.updateItem(row, empty);
            Cell cell = empty || row == null ? null : row.cell(belief);
            boolean isUnknown = !empty && row != null && cell == null;
            mark(this, "unknown", isUnknown);
            mark(this, "changed", cell != null && row != null && row.isChanged(belief));
            mark(this, "disagrees", cell != null && row != null && row.disagrees());
            if (cell == null || row == null) {
                setText(isUnknown ? FieldValues.UNKNOWN : null);
                setTooltip(isUnknown ? new Tooltip("never observed") : null);
                return;
            }
            String value = FieldValues.text(cell.value(), cell.unit());
            setText((row.isChanged(belief) ? "● " : "") + value);
            setTooltip(
                    new Tooltip(
                            value
                                    + "\nlast written by event #"
                                    + cell.writtenBy()
                                    + "; double click to go there"));
            setAccessibleText(
                    row.quantity()
                            + ", "
                            + belief.label()
                            + ": "
                            + value
                            + (row.isChanged(belief) ? ", changed by the last step" : "")
                            + (row.disagrees() ? ", disagrees" : ""));
        }
    }
}
