package org.panscope.app.registers;

import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.view.RegisterBlock;

import java.util.List;
import java.util.function.Function;

/// The register table. A word the last step changed has a dot and a colour, as has each of its
/// fields; a word nobody saw is `?`. `Enter` or a double click goes to the event that wrote a word,
/// `Ctrl+C` copies the table.
public final class RegistersView {
    private static final KeyCombination COPY =
            new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final RegistersModel model;
    private final VBox root = new VBox();
    private final TableView<RegisterLine> table = new TableView<>();
    private final BitFieldsView fields = new BitFieldsView();

    public RegistersView(RegistersModel model) {
        this.model = model;
        root.getStyleClass().add("panel");
        root.getChildren().addAll(header(), table, fields.root());
        VBox.setVgrow(table, Priority.ALWAYS);
        table.setId("registerTable");
        table.setAccessibleText("Words of the chosen register block");
        Label placeholder = new Label();
        placeholder.textProperty().bind(model.messageProperty());
        table.setPlaceholder(placeholder);
        table.setItems(model.lines());
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        table.getColumns()
                .addAll(
                        List.of(
                                column("Word", 164, "word", RegisterLine::name),
                                column("Offset", 64, "number", RegisterLine::offset),
                                column("Value", 150, "word", RegisterLine::value),
                                column("Written by", 118, "link", RegisterLine::writer),
                                column("Bits", 300, "word", RegisterLine::meaning)));
        table.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
        table.getSelectionModel()
                .selectedItemProperty()
                .subscribe((before, now) -> keepSelection(before, now));
    }

    public VBox root() {
        return root;
    }

    private HBox header() {
        ComboBox<RegisterBlock> chooser = new ComboBox<>(model.blocks());
        chooser.setId("registerBlock");
        chooser.setAccessibleText("Register block shown");
        chooser.setVisibleRowCount(20);
        chooser.setMinWidth(150);
        chooser.setConverter(new BlockName());
        chooser.valueProperty().bindBidirectional(model.blockProperty());
        TextField filter = new TextField();
        filter.setId("registerFilter");
        filter.setAccessibleText("Part of a word's name or meaning");
        filter.setPromptText("Filter words");
        filter.textProperty().bindBidirectional(model.filterProperty());
        filter.addEventFilter(KeyEvent.KEY_PRESSED, event -> filterKey(filter, event));
        CheckBox changed = new CheckBox("Only changed");
        changed.setId("onlyChanged");
        changed.setMinWidth(Region.USE_PREF_SIZE);
        changed.setTooltip(new Tooltip("Only words the last step changed"));
        changed.selectedProperty().bindBidirectional(model.onlyChangedProperty());
        Button copy = new Button("Copy");
        copy.setId("copyRegisters");
        copy.setMinWidth(Region.USE_PREF_SIZE);
        copy.setTooltip(new Tooltip("Copy the words shown as text (Ctrl+C in the table)"));
        copy.setOnAction(_ -> copy());
        HBox.setHgrow(filter, Priority.ALWAYS);
        HBox header = new HBox(chooser, filter, changed, copy);
        header.getStyleClass().add("panel-header");
        return header;
    }

    private void filterKey(TextField filter, KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            filter.clear();
            table.requestFocus();
            event.consume();
        } else if (event.getCode() == KeyCode.DOWN) {
            table.requestFocus();
            event.consume();
        }
    }

    private void keyPressed(KeyEvent event) {
        RegisterLine line = table.getSelectionModel().getSelectedItem();
        if (COPY.match(event)) {
            copy();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && line != null) {
            model.goToWriter(line);
            event.consume();
        }
    }

    private void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putString(model.copyText());
        Clipboard.getSystemClipboard().setContent(content);
    }

    /// Shows the fields of the word selected. A step replaces the lines; the word stays selected.
    private void keepSelection(@Nullable RegisterLine before, @Nullable RegisterLine now) {
        fields.show(now == null ? null : now.row());
        if (now == null && before != null) {
            for (RegisterLine line : model.lines()) {
                if (line.isSameWord(before)) {
                    Platform.runLater(() -> table.getSelectionModel().select(line));
                    return;
                }
            }
        }
    }

    private TableColumn<RegisterLine, RegisterLine> column(
            String name, double width, String styleClass, Function<RegisterLine, String> text) {
        TableColumn<RegisterLine, RegisterLine> column = new TableColumn<>(name);
        column.setSortable(false);
        column.setReorderable(false);
        column.setPrefWidth(width);
        column.getStyleClass().add(styleClass);
        column.setCellValueFactory(data -> new ReadOnlyObjectWrapper<>(data.getValue()));
        column.setCellFactory(_ -> new LineCell(model, styleClass, text));
        return column;
    }

    /// One cell of a line.
    private static final class LineCell extends TableCell<RegisterLine, RegisterLine> {
        private final Function<RegisterLine, String> text;

        LineCell(RegistersModel model, String styleClass, Function<RegisterLine, String> text) {
            this.text = text;
            getStyleClass().add(styleClass);
            boolean isLink = styleClass.equals("link");
            setOnMouseClicked(click -> {
                RegisterLine line = getItem();
                if (line != null && (isLink || click.getClickCount() == 2)) {
                    model.goToWriter(line);
                }
            });
        }

        @Override
        protected void updateItem(@Nullable RegisterLine line, boolean empty) {
            super.updateItem(line, empty);
            getStyleClass().removeAll("unknown", "changed", "disagrees");
            if (empty || line == null) {
                setText(null);
                setTooltip(null);
                return;
            }
            if (line.isPending()) {
                getStyleClass().add("disagrees");
            } else if (!line.isKnown()) {
                getStyleClass().add("unknown");
            } else if (line.row().changed()) {
                getStyleClass().add("changed");
            }
            setText(text.apply(line));
            setTooltip(
                    new Tooltip(
                            line.isPending()
                                    ? line.meaning()
                                    : line.row().word().name()
                                            + ": "
                                            + line.row().word().doc()
                                            + "\n"
                                            + line.meaning()));
            setAccessibleText(line.spoken());
        }
    }

    /// Names blocks in the chooser, which takes no typed text.
    private static final class BlockName extends StringConverter<RegisterBlock> {
        @Override
        public String toString(@Nullable RegisterBlock block) {
            return block == null ? "" : block.title();
        }

        @Override
        @SuppressWarnings("NullAway") // JavaFX takes null for "nothing"
        public RegisterBlock fromString(String text) {
            return null;
        }
    }
}
