package org.panscope.app.shell;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.panscope.app.command.AppCommand;
import org.panscope.app.command.AppCommands;
import org.panscope.app.command.CommandBus;

import java.util.List;
import java.util.Locale;

/// A searchable list of every command that is possible now.
final class CommandPalette {
    private final CommandBus bus;
    private final Overlays overlays;
    private final TextField search = new TextField();
    private final ListView<AppCommand> list = new ListView<>();
    private final VBox root = new VBox(search, list);

    CommandPalette(CommandBus bus, Overlays overlays) {
        this.bus = bus;
        this.overlays = overlays;
        search.setId("paletteField");
        search.setPromptText("What do you want to do?");
        search.setAccessibleText("Search commands");
        list.setId("paletteList");
        list.setAccessibleText("Commands");
        list.setPrefSize(520, 320);
        list.setPlaceholder(new Label("No command by that name."));
        list.setCellFactory(_ -> new CommandCell());
        list.setOnMouseClicked(click -> runSelected());
        search.textProperty().subscribe((_, typed) -> filter(typed));
        search.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        root.getStyleClass().add("palette");
    }

    void show() {
        search.clear();
        filter("");
        overlays.show(root, search);
    }

    /// Every word typed must occur in title or menu.
    private void filter(String typed) {
        String[] words = typed.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        List<AppCommand> found =
                AppCommands.all().stream()
                        .filter(command -> !command.equals(AppCommands.PALETTE))
                        .filter(command -> bus.enabled(command).get())
                        .filter(command -> hasAll(command, words))
                        .toList();
        list.getItems().setAll(found);
        list.getSelectionModel().selectFirst();
    }

    private static boolean hasAll(AppCommand command, String[] words) {
        String text = (command.menu().title() + " " + command.title()).toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            runSelected();
        } else if (event.getCode() == KeyCode.DOWN) {
            list.getSelectionModel().selectNext();
        } else if (event.getCode() == KeyCode.UP) {
            list.getSelectionModel().selectPrevious();
        } else {
            return;
        }
        list.scrollTo(list.getSelectionModel().getSelectedIndex());
        event.consume();
    }

    private void runSelected() {
        AppCommand command = list.getSelectionModel().getSelectedItem();
        if (command != null) {
            overlays.close();
            bus.run(command);
        }
    }

    /// Menu, title and key of one command.
    private static final class CommandCell extends ListCell<AppCommand> {
        @Override
        protected void updateItem(@Nullable AppCommand command, boolean empty) {
            super.updateItem(command, empty);
            setText(null);
            if (empty || command == null) {
                setGraphic(null);
                return;
            }
            Label title = new Label(command.menu().title() + ": " + command.title());
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            Label key = new Label(command.keyText());
            key.getStyleClass().add("key");
            setGraphic(new HBox(title, gap, key));
        }
    }
}
