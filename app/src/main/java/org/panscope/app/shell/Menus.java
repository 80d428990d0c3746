package org.panscope.app.shell;

import javafx.beans.binding.Bindings;
import javafx.collections.ObservableList;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;

import org.panscope.app.command.AppCommand;
import org.panscope.app.command.AppCommand.MenuGroup;
import org.panscope.app.command.AppCommands;
import org.panscope.app.command.CommandBus;

import java.nio.file.Path;
import java.util.function.Consumer;

/// The menu bar, made from the table of commands.
final class Menus {
    private Menus() {}

    static MenuBar menuBar(CommandBus bus, ObservableList<Path> recent, Consumer<Path> open) {
        MenuBar bar = new MenuBar();
        bar.setId("menuBar");
        for (MenuGroup group : MenuGroup.values()) {
            Menu menu = new Menu(group.title());
            menu.setId("menu-" + group.title());
            for (AppCommand command : AppCommands.all()) {
                if (command.menu() == group) {
                    menu.getItems().add(item(bus, command));
                    if (command.equals(AppCommands.OPEN)) {
                        menu.getItems().add(recentMenu(recent, open));
                    } else if (command.equals(AppCommands.CLOSE)) {
                        menu.getItems().add(new SeparatorMenuItem());
                    }
                }
            }
            bar.getMenus().add(menu);
        }
        return bar;
    }

    private static MenuItem item(CommandBus bus, AppCommand command) {
        MenuItem item = new MenuItem(command.title());
        item.setId(command.id());
        item.setOnAction(event -> bus.run(command));
        item.disableProperty().bind(Bindings.not(bus.enabled(command)));
        if (!command.keys().isEmpty()) {
            KeyCombination key = KeyDispatcher.combination(command.keys().getFirst());
            if (isSafeAccelerator(command.keys().getFirst(), key)) {
                item.setAccelerator(key);
            } else {
                item.setText(command.title() + "   (" + command.keyText() + ")");
            }
        }
        return item;
    }

    /// A plain key as accelerator would fire while somebody types it into a field; the key map
    /// handles those, and the menu only names them.
    private static boolean isSafeAccelerator(String spelling, KeyCombination key) {
        return key.getShortcut() == ModifierValue.DOWN
                || key.getAlt() == ModifierValue.DOWN
                || spelling.matches("(Shift\\+)?F\\d+");
    }

    private static Menu recentMenu(ObservableList<Path> recent, Consumer<Path> open) {
        Menu menu = new Menu("Open Recent");
        menu.setId("menu-recent");
        Runnable fill =
                () -> {
                    menu.getItems().clear();
                    for (Path file : recent) {
                        MenuItem item = new MenuItem(file.toString());
                        item.setMnemonicParsing(false);
                        item.setOnAction(event -> open.accept(file));
                        menu.getItems().add(item);
                    }
                    menu.setDisable(recent.isEmpty());
                };
        recent.subscribe(fill);
        fill.run();
        return menu;
    }
}
