package org.panscope.app.events;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.controlsfx.control.textfield.TextFields;
import org.jspecify.annotations.Nullable;
import org.panscope.app.events.EventListModel.FilterStatus;
import org.panscope.app.session.SessionModel;
import org.panscope.app.theme.Formats;
import org.panscope.trace.io.EventHeader;

import java.util.List;
import java.util.function.Function;

/// The event list with its filter field. The selected row and the cursor follow each other.
public final class EventListView {
    /// Height of every row, so that the table never measures millions of them.
    private static final double ROW_HEIGHT = 22;

    private final SessionModel session;
    private final EventListModel model;
    private final VBox root = new VBox();
    private final TextField filter = TextFields.createClearableTextField();
    private final TableView<EventRow> table = new TableView<>();
    private boolean isFollowing;

    public EventListView(SessionModel session, EventListModel model) {
        this.session = session;
        this.model = model;
        root.getStyleClass().add("panel");
        root.getChildren().addAll(filterBar(), table);
        VBox.setVgrow(table, Priority.ALWAYS);
        table.setId("eventTable");
        table.setAccessibleText("Events; selecting one moves the cursor there");
        table.setFixedCellSize(ROW_HEIGHT);
        table.setPlaceholder(new Label("No event passes the filter."));
        table.setRowFactory(_ -> EventMenu.row(model, session));
        addColumns();
        model.rowsProperty().subscribe(this::showRows);
        table.getSelectionModel()
                .selectedIndexProperty()
                .subscribe(index -> rowSelected(index.intValue()));
        session.positionProperty().subscribe(this::followCursor);
    }

    public VBox root() {
        return root;
    }

    /// Puts the keyboard into the filter field.
    public void focusFilter() {
        filter.requestFocus();
        filter.selectAll();
    }

    /// Puts the keyboard into the list.
    public void focusList() {
        table.requestFocus();
    }

    private HBox filterBar() {
        filter.setId("filterField");
        filter.setAccessibleText("Filter over events");
        filter.setPromptText(
                "Filter: type == DB_RING && gid == 1,  t > 1.2ms,  or words to search");
        filter.textProperty().bindBidirectional(model.filterTextProperty());
        filter.addEventFilter(KeyEvent.KEY_PRESSED, this::filterKey);
        model.statusProperty().subscribe(this::showStatus);
        HBox.setHgrow(filter, Priority.ALWAYS);
        Label message = new Label();
        message.setId("filterMessage");
        message.getStyleClass().add("filter-message");
        message.textProperty().bind(model.messageProperty());
        message.setMaxWidth(340);
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(model.messageProperty());
        message.setTooltip(whole);
        HBox bar =
                new HBox(
                        filter,
                        hitButton("filterPrevious", "icon-up", "Previous hit (Shift+Enter)", -1),
                        hitButton("filterNext", "icon-down", "Next hit (Enter)", +1),
                        message);
        bar.getStyleClass().add("panel-header");
        return bar;
    }

    private Button hitButton(String id, String icon, String what, int direction) {
        Region shape = new Region();
        shape.getStyleClass().addAll("icon", icon);
        Button button = new Button(null, shape);
        button.setId(id);
        button.setAccessibleText(what);
        button.setTooltip(new Tooltip(what));
        button.setOnAction(event -> model.goToHit(direction));
        return button;
    }

    private void filterKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            model.goToHit(event.isShiftDown() ? -1 : +1);
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE) {
            if (model.filterTextProperty().get().isEmpty()) {
                focusList();
            } else {
                model.clearFilter();
            }
            event.consume();
        } else if (event.getCode() == KeyCode.DOWN) {
            focusList();
            event.consume();
        }
    }

    private void showStatus(FilterStatus status) {
        filter.getStyleClass().removeAll("filter-valid", "filter-invalid");
        if (status == FilterStatus.VALID || status == FilterStatus.RUNNING) {
            filter.getStyleClass().add("filter-valid");
        } else if (status == FilterStatus.INVALID) {
            filter.getStyleClass().add("filter-invalid");
        }
    }

    private void addColumns() {
        table.getColumns()
                .addAll(
                        List.of(
                                text("#", 58, "number", row -> Long.toString(row.seq())),
                                text(
                                        "Time (ns)",
                                        104,
                                        "number",
                                        row -> Formats.grouped(row.event().timeNs())),
                                text("Δ row (ns)", 82, "number", EventListView::sincePrevious),
                                layerColumn(),
                                text("Type", 208, "type", row -> row.event().type().name()),
                                trackColumn(),
                                causeColumn(),
                                text(
                                        "Fields",
                                        560,
                                        "fields",
                                        row -> FieldValues.summary(row.event()))));
    }

    private static String sincePrevious(EventRow row) {
        Long since = row.sincePreviousNs();
        return since == null ? "" : Formats.grouped(since);
    }

    private static TableColumn<EventRow, EventRow> column(String name, double width) {
        TableColumn<EventRow, EventRow> column = new TableColumn<>(name);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setCellValueFactory(data -> new ReadOnlyObjectWrapper<>(data.getValue()));
        return column;
    }

    private static TableColumn<EventRow, EventRow> text(
            String name, double width, String styleClass, Function<EventRow, String> text) {
        TableColumn<EventRow, EventRow> column = column(name, width);
        column.getStyleClass().add(styleClass);
        column.setCellFactory(_ -> new EventCell(styleClass, text));
        return column;
    }

    /// The track's own name, with its whole path as tooltip.
    private static TableColumn<EventRow, EventRow> trackColumn() {
        TableColumn<EventRow, EventRow> column = column("Track", 106);
        column.setCellFactory(_ -> new EventCell("secondary", EventRow::track, EventRow::path));
        return column;
    }

    private static TableColumn<EventRow, EventRow> layerColumn() {
        TableColumn<EventRow, EventRow> column = column("Layer", 90);
        column.setCellFactory(_ -> new LayerCell());
        return column;
    }

    private TableColumn<EventRow, EventRow> causeColumn() {
        TableColumn<EventRow, EventRow> column = column("Cause", 56);
        column.setCellFactory(_ -> {
            EventCell cell = new EventCell("link", EventListView::cause);
            cell.setOnMouseClicked(click -> {
                EventRow row = cell.getItem();
                if (row != null && !cause(row).isEmpty()) {
                    session.goToEvent(row.event().header().cause());
                }
            });
            return cell;
        });
        return column;
    }

    private static String cause(EventRow row) {
        EventHeader header = row.event().header();
        return header.cause() == EventHeader.NO_CAUSE
                ? ""
                : "#" + header.cause() + (header.causeInferred() ? " ?" : "");
    }

    private void showRows(@Nullable EventRows rows) {
        isFollowing = true;
        try {
            table.getSelectionModel().clearSelection();
            if (rows == null) {
                table.setItems(FXCollections.observableArrayList());
            } else {
                table.setItems(rows);
            }
        } finally {
            isFollowing = false;
        }
        followCursor();
    }

    private void rowSelected(int index) {
        EventRows rows = model.rowsProperty().get();
        if (!isFollowing && rows != null && index >= 0 && index < rows.size()) {
            session.goToEvent(rows.seqAt(index));
        }
    }

    /// Selects the row of the current event; when the filter hides it, the row before is brought
    /// into view and nothing is selected.
    private void followCursor() {
        EventRows rows = model.rowsProperty().get();
        if (rows == null || isFollowing) {
            return;
        }
        isFollowing = true;
        try {
            long seq = session.currentEvent();
            int row = rows.rowOf(seq);
            if (row >= 0) {
                table.getSelectionModel().clearAndSelect(row);
                table.getFocusModel().focus(row);
            } else {
                table.getSelectionModel().clearSelection();
            }
            bringIntoView(Math.max(0, rows.rowAtOrBefore(seq)));
        } finally {
            isFollowing = false;
        }
    }

    private void bringIntoView(int row) {
        Node node = table.lookup(".virtual-flow");
        if (!(node instanceof VirtualFlow<?> flow)) {
            table.scrollTo(row);
            return;
        }
        var first = flow.getFirstVisibleCell();
        var last = flow.getLastVisibleCell();
        if (first == null || last == null) {
            table.scrollTo(row);
        } else if (row <= first.getIndex() || row >= last.getIndex()) {
            int visible = last.getIndex() - first.getIndex();
            table.scrollTo(Math.max(0, row - visible / 2));
        }
    }
}
