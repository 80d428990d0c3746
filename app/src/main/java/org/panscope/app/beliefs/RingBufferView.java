package org.panscope.app.beliefs;

import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.panscope.app.events.FieldValues;
import org.panscope.core.state.Belief;
import org.panscope.core.state.view.RingView;
import org.panscope.core.state.view.RingView.Status;
import org.panscope.core.state.view.ValueText;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The ring buffer word by word: what it says, how far it has come, and who believes that INSERT or
/// EXTRACT stands there.
public final class RingBufferView {
    private final RingModel model;
    private final VBox root = new VBox();
    private final TableView<RingView.Row> table = new TableView<>();

    public RingBufferView(RingModel model) {
        this.model = model;
        root.getStyleClass().add("panel");
        Label title = new Label();
        title.setId("ringTitle");
        title.getStyleClass().add("panel-title");
        title.textProperty().bind(model.titleProperty());
        HBox header = new HBox(title);
        header.getStyleClass().add("panel-header");
        table.setId("ringTable");
        table.setAccessibleText("Words of the ring buffer");
        Label placeholder = new Label();
        placeholder.textProperty().bind(model.messageProperty());
        table.setPlaceholder(placeholder);
        table.setItems(model.rows());
        model.rows().subscribe(() -> Platform.runLater(this::showPlaceOfWork));
        table.setRowFactory(_ -> new WordRow(model));
        table.getColumns()
                .addAll(
                        List.of(
                                narrow(column("Offset", 58, "number", RingBufferView::offset)),
                                narrow(column("Word", 126, "word", RingBufferView::word)),
                                narrow(column("State", 92, "status", RingBufferView::status)),
                                narrow(column("Marks", 164, "marks", RingBufferView::marks)),
                                column("Instruction", 256, "word", RingView.Row::text)));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        VBox.setVgrow(table, Priority.ALWAYS);
        root.getChildren().addAll(header, table);
    }

    public VBox root() {
        return root;
    }

    /// Brings the next word to execute into view, one row below the top. The table takes note of
    /// its new rows only when it is laid out, and forgets to scroll to a row it does not know.
    private void showPlaceOfWork() {
        table.layout();
        table.scrollTo(Math.max(0, model.firstToExecute() - 1));
    }

    private static String offset(RingView.Row row) {
        return ValueText.hex(row.ringOffset());
    }

    private static String word(RingView.Row row) {
        Long word = row.word();
        return word == null ? FieldValues.UNKNOWN : ValueText.word(word);
    }

    /// Each state has a glyph of its own beside its name.
    private static String status(RingView.Row row) {
        String glyph =
                switch (row.status()) {
                    case CONSUMED -> "✓";
                    case EXECUTING -> "▶";
                    case FETCHED -> "◆";
                    case PUBLISHED -> "◇";
                    case WRITTEN -> "+";
                    case STALE -> "·";
                };
        return glyph + " " + row.status().name().toLowerCase(Locale.ROOT);
    }

    /// Where INSERT and EXTRACT stand, with the initials of those who believe it.
    private static String marks(RingView.Row row) {
        String insert = who("insert", row.insertOf());
        String extract = who("extract", row.extractOf());
        return insert.isEmpty() || extract.isEmpty() ? insert + extract : insert + " " + extract;
    }

    private static String who(String quantity, Set<Belief> beliefs) {
        return beliefs.isEmpty()
                ? ""
                : beliefs.stream()
                        .map(belief -> belief.name().substring(0, 1))
                        .collect(Collectors.joining("", "←" + quantity + " ", ""));
    }

    private static String explained(String quantity, Set<Belief> beliefs) {
        return beliefs.isEmpty()
                ? ""
                : beliefs.stream()
                        .map(Belief::label)
                        .collect(Collectors.joining(", ", "\n" + quantity + " is here for: ", ""));
    }

    /// A column whose content never needs more than its preferred width.
    private static TableColumn<RingView.Row, String> narrow(
            TableColumn<RingView.Row, String> column) {
        column.setMaxWidth(column.getPrefWidth());
        return column;
    }

    private static TableColumn<RingView.Row, String> column(
            String name, double width, String styleClass, Function<RingView.Row, String> text) {
        TableColumn<RingView.Row, String> column = new TableColumn<>(name);
        column.setSortable(false);
        column.setReorderable(false);
        column.setPrefWidth(width);
        column.getStyleClass().add(styleClass);
        column.setCellValueFactory(
                data -> new ReadOnlyObjectWrapper<>(text.apply(data.getValue())));
        column.setCellFactory(_ -> {
            TableCell<RingView.Row, String> cell =
                    new TableCell<>() {
                        @Override
                        protected void updateItem(@Nullable String item, boolean empty) {
                            super.updateItem(item, empty);
                            setText(empty ? null : item);
                        }
                    };
            cell.getStyleClass().add(styleClass);
            return cell;
        });
        return column;
    }

    /// A row that looks like its word's state and leads to the event that stored the word.
    private static final class WordRow extends TableRow<RingView.Row> {
        WordRow(RingModel model) {
            setOnMouseClicked(click -> {
                RingView.Row row = getItem();
                if (row != null && click.getClickCount() == 2) {
                    model.goToWriter(row);
                }
            });
        }

        @Override
        protected void updateItem(RingView.@Nullable Row row, boolean empty) {
            super.updateItem(row, empty);
            for (Status status : Status.values()) {
                getStyleClass().remove(styleClass(status));
            }
            if (empty || row == null) {
                setTooltip(null);
                return;
            }
            getStyleClass().add(styleClass(row.status()));
            setTooltip(
                    new Tooltip(
                            "free-running offset "
                                    + row.freeOffset()
                                    + (row.writtenBy() < 0
                                            ? ", never seen written"
                                            : ", written by event #" + row.writtenBy())
                                    + "\n"
                                    + row.text()
                                    + explained("INSERT", row.insertOf())
                                    + explained("EXTRACT", row.extractOf())));
        }

        private static String styleClass(Status status) {
            return "word-" + status.name().toLowerCase(Locale.ROOT);
        }
    }
}
