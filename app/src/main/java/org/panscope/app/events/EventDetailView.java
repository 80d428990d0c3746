package org.panscope.app.events;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.panscope.app.events.EventDetailModel.Detail;
import org.panscope.app.events.EventDetailModel.Row;
import org.panscope.app.session.SessionModel;

import java.util.List;
import java.util.function.Function;

/// The current event: what it means, what caused it, and every value it carries.
public final class EventDetailView {
    private final VBox root = new VBox();
    private final Label title = new Label("Event");
    private final Hyperlink cause = new Hyperlink();
    private final Label doc = new Label();
    private final Tooltip source = new Tooltip();
    private final TableView<Row> table = new TableView<>();

    public EventDetailView(SessionModel session, EventDetailModel model) {
        root.getStyleClass().add("panel");
        title.setId("eventTitle");
        title.getStyleClass().add("panel-title");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        cause.setId("causeLink");
        cause.setMinWidth(Region.USE_PREF_SIZE);
        cause.setOnAction(event -> session.goToCause());
        HBox header = new HBox(title, gap, cause);
        header.getStyleClass().add("panel-header");
        doc.setId("eventDoc");
        doc.setWrapText(true);
        doc.setMinHeight(Region.USE_PREF_SIZE);
        doc.getStyleClass().add("panel-doc");
        doc.setTooltip(source);
        table.setId("fieldTable");
        table.setAccessibleText("Fields of the current event");
        table.setPlaceholder(new Label("Before the first event."));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        table.getColumns()
                .addAll(
                        List.of(
                                column("Field", 130, "secondary", Row::name),
                                column("Value", 190, "value-cell", Row::value),
                                column("Meaning", 375, "secondary", Row::doc)));
        VBox.setVgrow(table, Priority.ALWAYS);
        root.getChildren().addAll(header, doc, table);
        model.detailProperty().subscribe(this::show);
    }

    public VBox root() {
        return root;
    }

    private void show(@Nullable Detail detail) {
        title.setText(detail == null ? "Event" : detail.title());
        doc.setText(detail == null ? "" : detail.doc());
        boolean hasDoc = detail != null && !detail.doc().isEmpty();
        doc.setVisible(hasDoc);
        doc.setManaged(hasDoc);
        source.setText(detail == null ? "" : detail.source());
        Long causedBy = detail == null ? null : detail.cause();
        cause.setVisible(causedBy != null);
        if (detail != null && causedBy != null) {
            cause.setText(
                    "caused by #" + causedBy + (detail.isCauseInferred() ? " (inferred)" : ""));
        }
        table.getItems().setAll(detail == null ? List.of() : detail.rows());
    }

    private static TableColumn<Row, String> column(
            String name, double width, String styleClass, Function<Row, String> text) {
        TableColumn<Row, String> column = new TableColumn<>(name);
        column.setSortable(false);
        column.setReorderable(false);
        column.setPrefWidth(width);
        column.setCellValueFactory(
                data -> new ReadOnlyObjectWrapper<>(text.apply(data.getValue())));
        column.setCellFactory(_ -> {
            TableCell<Row, String> cell =
                    new TableCell<>() {
                        @Override
                        protected void updateItem(@Nullable String item, boolean empty) {
                            super.updateItem(item, empty);
                            boolean hasText = !empty && item != null && !item.isEmpty();
                            setText(hasText ? item : null);
                            setTooltip(hasText ? new Tooltip(item) : null);
                        }
                    };
            cell.getStyleClass().add(styleClass);
            return cell;
        });
        return column;
    }
}
