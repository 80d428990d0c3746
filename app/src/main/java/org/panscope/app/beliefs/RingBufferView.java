package org.panscope.app.beliefs;

import javafx.application.Platform;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.panscope.app.theme.TextColumn;
import org.panscope.core.state.view.StreamLines.Line;
import org.panscope.core.state.view.StreamRow.Status;

import java.util.List;

/// The ring buffer word by word: what it says, how far it has come, who believes that INSERT or
/// EXTRACT stands there, what it reads, writes and waits for. `Space` opens and closes the buffer a
/// CALL leads to, `Enter` goes to the event that stored the word.
public final class RingBufferView {
    private final RingModel model;
    private final VBox root = new VBox();
    private final TableView<Line> table = new TableView<>();

    public RingBufferView(RingModel model) {
        this.model = model;
        root.getStyleClass().add("panel");
        root.getChildren().addAll(header(), table);
        VBox.setVgrow(table, Priority.ALWAYS);
        table.setId("ringTable");
        table.setAccessibleText("Words of the ring buffer");
        Label placeholder = new Label();
        placeholder.textProperty().bind(model.messageProperty());
        table.setPlaceholder(placeholder);
        table.setTableMenuButtonVisible(true);
        table.setRowFactory(_ -> new WordRow(model));
        table.getColumns()
                .addAll(
                        List.of(
                                TextColumn.of("State", 98, "status", RingText::status),
                                TextColumn.of("Offset", 76, "number", RingText::offset),
                                TextColumn.of("Instruction", 268, "word", RingText::instruction),
                                TextColumn.of("Marks", 132, "marks", RingText::marks),
                                TextColumn.of("Sync object", 130, "word", RingText::sync),
                                TextColumn.of("Scoreboard", 118, "word", RingText::scoreboard),
                                TextColumn.of("Reads", 190, "word", RingText::reads),
                                TextColumn.of("Writes", 90, "word", RingText::writes),
                                TextColumn.of("Word", 122, "word", RingText::word)));
        table.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
        model.linesProperty().subscribe(this::show);
    }

    public VBox root() {
        return root;
    }

    private HBox header() {
        Label title = new Label();
        title.setId("ringTitle");
        title.getStyleClass().add("panel-title");
        title.textProperty().bind(model.titleProperty());
        title.setMinWidth(Region.USE_PREF_SIZE);
        Label place = new Label();
        place.setId("ringPlace");
        place.textProperty().bind(model.placeProperty());
        place.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(place, Priority.ALWAYS);
        CheckBox follow = new CheckBox("Follow calls");
        follow.setId("followCalls");
        follow.setMinWidth(Region.USE_PREF_SIZE);
        follow.setTooltip(new Tooltip("Open called buffers while they are executed"));
        follow.selectedProperty().bindBidirectional(model.followCallsProperty());
        HBox header = new HBox(title, place, follow);
        header.getStyleClass().add("panel-header");
        return header;
    }

    /// Takes new lines; the line selected stays selected, and the place of work comes into view.
    private void show(RingLines lines) {
        Line selected = table.getSelectionModel().getSelectedItem();
        table.setItems(lines);
        int again = selected == null ? -1 : lines.indexOf(selected);
        if (again >= 0) {
            table.getSelectionModel().select(again);
        }
        Platform.runLater(this::showPlaceOfWork);
    }

    /// Brings the next word to execute into view, one row below the top. The table takes note of
    /// its new rows only when it is laid out, and forgets to scroll to a row it does not know.
    private void showPlaceOfWork() {
        table.layout();
        table.scrollTo(Math.max(0, model.placeOfWork() - 1));
    }

    private void keyPressed(KeyEvent event) {
        Line line = table.getSelectionModel().getSelectedItem();
        if (line != null && event.getCode() == KeyCode.SPACE) {
            model.toggle(line);
            event.consume();
        } else if (line != null && event.getCode() == KeyCode.ENTER) {
            model.goToWriter(line);
            event.consume();
        }
    }

    /// A row that looks like its word's state and leads to the event that stored the word.
    private static final class WordRow extends TableRow<Line> {
        private static final String UNKNOWN = "word-unknown";

        WordRow(RingModel model) {
            setOnMouseClicked(click -> {
                Line line = getItem();
                if (line != null && click.getClickCount() == 2) {
                    if (line.row().canOpen()) {
                        model.toggle(line);
                    } else {
                        model.goToWriter(line);
                    }
                }
            });
        }

        @Override
        protected void updateItem(@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            for (Status status : Status.values()) {
                getStyleClass().remove(RingText.styleClass(status));
            }
            getStyleClass().remove(UNKNOWN);
            if (empty || line == null) {
                setTooltip(null);
                return;
            }
            Status status = line.row().status();
            getStyleClass().add(status == null ? UNKNOWN : RingText.styleClass(status));
            setTooltip(new Tooltip(RingText.explained(line)));
            setAccessibleText(RingText.explained(line));
        }
    }
}
