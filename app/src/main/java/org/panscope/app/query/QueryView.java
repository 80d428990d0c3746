package org.panscope.app.query;

import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.panscope.core.sql.QueryRun;
import org.panscope.core.sql.schema.ColumnInfo;
import org.panscope.core.sql.schema.TableInfo;

import java.util.List;
import java.util.Locale;

/// The query tab: statement above, answer below. Enter or a double click on a row goes to its
/// place, Ctrl+C copies the selected rows as CSV.
public final class QueryView {
    private static final double ROW_HEIGHT = 22;
    private static final int LOOKED_AT = 80;
    private static final double PADDING = 28;
    private static final int LONGEST_ITEM = 100;
    private static final double NARROWEST = 60;
    private static final double WIDEST = 340;
    private static final double CHARACTER = 7.2;

    private final QueryModel model;
    private final TextArea editor = new TextArea();
    private final TableView<QueryResult.Row> table = new TableView<>();
    private final MenuButton tables = new MenuButton("Tables");
    private final MenuButton history = new MenuButton("History");
    private final SplitPane root = new SplitPane();

    /// @param run what the run button does
    /// @param copy copies the whole answer
    /// @param save asks for a file and writes the answer there
    public QueryView(QueryModel model, Runnable run, Runnable copy, Runnable save) {
        this.model = model;
        VBox above = new VBox(editor, bar(run, copy, save), error());
        above.getStyleClass().add("panel");
        VBox.setVgrow(editor, Priority.ALWAYS);
        VBox below = new VBox(table);
        below.getStyleClass().add("panel");
        VBox.setVgrow(table, Priority.ALWAYS);
        root.setOrientation(Orientation.VERTICAL);
        root.getItems().addAll(above, below);
        root.setDividerPositions(0.32);
        root.setId("queryPanel");
        editor();
        table();
        model.resultProperty().subscribe(this::showResult);
        model.tablesProperty().subscribe(this::showTables);
        model.history().subscribe(this::showHistory);
    }

    public Node root() {
        return root;
    }

    /// Puts the keyboard into the statement.
    public void focus() {
        editor.requestFocus();
    }

    /// Copies the whole answer as CSV.
    public void copyAll() {
        copy(model.resultProperty().get().rows());
    }

    private void editor() {
        editor.setId("querySql");
        editor.setAccessibleText("SQL statement");
        editor.setPromptText("SELECT * FROM batches WHERE wake_t IS NULL");
        editor.getStyleClass().add("query-editor");
        editor.textProperty().bindBidirectional(model.sqlProperty());
        editor.setPrefRowCount(3);
        editor.setMinHeight(40);
    }

    private HBox bar(Runnable run, Runnable copy, Runnable save) {
        Button runButton = button("queryRun", "Run", "Run the statement (Ctrl+Enter)", run);
        runButton.disableProperty().bind(model.isRunningProperty());
        Button cancel = button("queryCancel", "Cancel", "Give up what runs", model::cancel);
        cancel.visibleProperty().bind(model.isRunningProperty());
        cancel.managedProperty().bind(model.isRunningProperty());
        ProgressBar progress = new ProgressBar();
        progress.progressProperty().bind(model.fractionProperty());
        progress.setPrefWidth(90);
        progress.visibleProperty().bind(model.isRunningProperty());
        progress.managedProperty().bind(model.isRunningProperty());
        Label status = new Label();
        status.setId("queryStatus");
        status.getStyleClass().add("panel-doc");
        status.textProperty().bind(model.statusProperty());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button copyButton = button("queryCopy", "Copy as CSV", "Copy the whole answer", copy);
        copyButton.disableProperty().bind(model.hasRowsProperty().not());
        Button saveButton = button("querySave", "Save…", "CSV, JSON, JSON Lines or text", save);
        saveButton.disableProperty().bind(model.hasRowsProperty().not());
        tables.setId("queryTables");
        tables.setOnShowing(event -> model.loadTables());
        history.setId("queryHistory");
        HBox bar =
                new HBox(
                        runButton,
                        cancel,
                        progress,
                        status,
                        space,
                        tables,
                        history,
                        copyButton,
                        saveButton);
        bar.getStyleClass().add("query-bar");
        return bar;
    }

    private static Button button(String id, String text, String about, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setTooltip(new Tooltip(about));
        button.setOnAction(event -> action.run());
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private Label error() {
        Label error = new Label();
        error.setId("queryError");
        error.getStyleClass().add("query-error");
        error.setWrapText(true);
        error.setMinHeight(Region.USE_PREF_SIZE);
        error.textProperty().bind(model.errorProperty());
        error.visibleProperty().bind(model.errorProperty().isNotEmpty());
        error.managedProperty().bind(model.errorProperty().isNotEmpty());
        return error;
    }

    private void table() {
        table.setId("queryResult");
        table.setAccessibleText("Answer; Enter goes to the place of a row");
        table.setFixedCellSize(ROW_HEIGHT);
        table.setPlaceholder(new Label("No rows."));
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        table.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown()) {
            goToSelected();
            event.consume();
        } else if (event.getCode() == KeyCode.C && event.isShortcutDown()) {
            copy(table.getSelectionModel().getSelectedItems());
            event.consume();
        }
    }

    private void clicked(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
            goToSelected();
        }
    }

    private void goToSelected() {
        QueryResult.Row row = table.getSelectionModel().getSelectedItem();
        if (row != null) {
            model.goTo(row);
        }
    }

    private void copy(List<QueryResult.Row> rows) {
        ClipboardContent content = new ClipboardContent();
        content.putString(model.resultProperty().get().csv(List.copyOf(rows)));
        Clipboard.getSystemClipboard().setContent(content);
    }

    private void showResult(QueryResult result) {
        table.getItems().clear();
        table.getColumns().clear();
        for (int i = 0; i < result.columns().size(); i++) {
            table.getColumns().add(column(result, i));
        }
        table.setItems(FXCollections.observableArrayList(result.rows()));
    }

    private static TableColumn<QueryResult.Row, String> column(QueryResult result, int index) {
        QueryRun.Column about = result.columns().get(index);
        String style =
                about.name().equals("cursor") ? "link" : about.isNumeric() ? "number" : "word";
        TableColumn<QueryResult.Row, String> column = new TableColumn<>();
        Label head = new Label(about.name());
        head.setTooltip(new Tooltip(about.name() + ": " + about.type()));
        Label type = new Label(about.type().toLowerCase(Locale.ROOT));
        type.getStyleClass().add("query-type");
        VBox heading = new VBox(head, type);
        heading.getStyleClass().add(about.isNumeric() ? "query-head-number" : "query-head");
        column.setGraphic(heading);
        column.setReorderable(false);
        column.setSortable(false);
        column.setPrefWidth(width(result, index));
        column.setCellValueFactory(data -> new ReadOnlyStringWrapper(data.getValue().text(index)));
        column.setCellFactory(_ -> new ResultCell(style));
        return column;
    }

    /// Wide enough for the heading and the first rows.
    private static double width(QueryResult result, int index) {
        QueryRun.Column about = result.columns().get(index);
        int longest = Math.max(about.name().length(), about.type().length()) + 1;
        for (QueryResult.Row row :
                result.rows().subList(0, Math.min(LOOKED_AT, result.rows().size()))) {
            longest = Math.max(longest, row.text(index).length());
        }
        return Math.clamp(longest * CHARACTER + PADDING, NARROWEST, WIDEST);
    }

    private void showTables(List<TableInfo> known) {
        tables.getItems().clear();
        if (known.isEmpty()) {
            MenuItem wait = new MenuItem("Reading the trace…");
            wait.setDisable(true);
            tables.getItems().add(wait);
        }
        for (TableInfo info : known) {
            Menu menu = new Menu(info.name());
            menu.getItems().add(insert("Insert " + info.name(), info.name()));
            for (ColumnInfo column : info.columns()) {
                menu.getItems()
                        .add(
                                insert(
                                        column.name()
                                                + "  "
                                                + column.type().name().toLowerCase(Locale.ROOT),
                                        column.name()));
            }
            tables.getItems().add(menu);
        }
    }

    private MenuItem insert(String text, String name) {
        MenuItem item = new MenuItem(text);
        item.setMnemonicParsing(false);
        item.setOnAction(event -> {
            editor.replaceSelection(QueryModel.nameInSql(name));
            editor.requestFocus();
        });
        return item;
    }

    private void showHistory() {
        history.getItems().clear();
        history.setDisable(model.history().isEmpty());
        for (String statement : model.history()) {
            String line = statement.replaceAll("\\s+", " ");
            MenuItem item =
                    new MenuItem(
                            line.length() > LONGEST_ITEM
                                    ? line.substring(0, LONGEST_ITEM) + "…"
                                    : line);
            item.setMnemonicParsing(false);
            item.setOnAction(event -> model.sqlProperty().set(statement));
            history.getItems().add(item);
        }
    }
}
