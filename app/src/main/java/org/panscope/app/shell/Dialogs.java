package org.panscope.app.shell;

import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.panscope.app.command.AppCommand;
import org.panscope.app.command.AppCommands;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;

/// The window's dialogs: an error, the help page, a place to go to, facts about the trace.
final class Dialogs {
    private static final double TEXT_WIDTH = 560;

    private final Overlays overlays;

    Dialogs(Overlays overlays) {
        this.overlays = overlays;
    }

    /// Says what failed and why. A bug of ours shows its stack trace, to be copied into a report;
    /// bad input never does.
    void error(String title, Exception cause) {
        Label heading = heading(title);
        heading.setId("errorTitle");
        Label message = new Label(messageOf(cause));
        message.setId("errorMessage");
        message.setWrapText(true);
        message.setPrefWidth(TEXT_WIDTH);
        message.setMinHeight(Region.USE_PREF_SIZE);
        VBox box = new VBox(heading, message);
        if (cause instanceof RuntimeException) {
            TextArea details = new TextArea(stackTrace(cause));
            details.setId("errorDetails");
            details.setEditable(false);
            details.setPrefRowCount(12);
            box.getChildren().add(details);
        }
        show(box, "errorClose");
    }

    private static String messageOf(Exception cause) {
        String message = cause.getMessage();
        if (cause instanceof RuntimeException) {
            return "This is a bug in Panscope: " + (message == null ? cause : message);
        }
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static String stackTrace(Exception cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /// Every command with its keys.
    void help() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("help-grid");
        ColumnConstraints titles = new ColumnConstraints();
        titles.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().add(titles);
        int row = 0;
        for (AppCommand.MenuGroup menu : AppCommand.MenuGroup.values()) {
            Label group = new Label(menu.title());
            group.getStyleClass().add("help-group");
            grid.add(group, 0, row++, 2, 1);
            for (AppCommand command : AppCommands.all()) {
                if (command.menu() == menu) {
                    grid.add(new Label(command.title()), 0, row);
                    Label keys = new Label(command.allKeysText());
                    keys.getStyleClass().add("key");
                    GridPane.setHalignment(keys, HPos.RIGHT);
                    grid.add(keys, 1, row++);
                }
            }
        }
        ScrollPane scroll = new ScrollPane(grid);
        scroll.setId("helpPage");
        scroll.setFitToWidth(true);
        scroll.setPrefViewportHeight(520);
        scroll.setPrefViewportWidth(460);
        show(new VBox(heading("Keys and commands"), scroll), "helpClose");
    }

    /// Facts in two columns.
    void facts(String title, String[][] facts) {
        GridPane grid = new GridPane();
        grid.setId("facts");
        grid.getStyleClass().add("help-grid");
        for (int row = 0; row < facts.length; row++) {
            Label name = new Label(facts[row][0]);
            name.getStyleClass().add("secondary");
            name.setMinWidth(Region.USE_PREF_SIZE);
            Label value = new Label(facts[row][1]);
            value.setWrapText(true);
            value.setMaxWidth(TEXT_WIDTH);
            grid.addRow(row, name, value);
        }
        show(new VBox(heading(title), grid), "factsClose");
    }

    /// Asks for a place to go to.
    ///
    /// @param current shown first, selected
    /// @param go throws IllegalArgumentException with a sentence when the text is no place
    void goTo(String current, Consumer<String> go) {
        TextField field = new TextField(current);
        field.setId("goToField");
        field.setAccessibleText("Cursor, event count or time to go to");
        field.setPrefWidth(TEXT_WIDTH);
        Label problem = new Label();
        problem.setId("goToProblem");
        problem.getStyleClass().add("problem");
        problem.setWrapText(true);
        problem.setPrefWidth(TEXT_WIDTH);
        field.setOnAction(event -> {
            try {
                go.accept(field.getText());
                overlays.close();
            } catch (IllegalArgumentException e) {
                problem.setText(e.getMessage());
            }
        });
        VBox box =
                new VBox(
                        heading("Go to"),
                        new Label(
                                "A cursor (@1250000ns#483), an event count (#483), or a time"
                                        + " (@1.25ms)."),
                        field,
                        problem);
        overlays.show(box, field);
        field.selectAll();
    }

    private static Label heading(String text) {
        Label heading = new Label(text);
        heading.getStyleClass().add("dialog-title");
        heading.setWrapText(true);
        heading.setMaxWidth(TEXT_WIDTH);
        return heading;
    }

    private void show(VBox box, String closeId) {
        Button close = new Button("Close");
        close.setId(closeId);
        close.setDefaultButton(true);
        close.setCancelButton(true);
        close.setOnAction(event -> overlays.close());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        box.getChildren().add(new HBox(gap, close));
        overlays.show(box, close);
    }
}
