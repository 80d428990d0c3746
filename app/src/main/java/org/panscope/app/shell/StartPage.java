package org.panscope.app.shell;

import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

import org.panscope.app.command.AppCommands;
import org.panscope.app.command.CommandBus;
import org.panscope.core.input.InputFormat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What the window shows while no trace is open: what can be opened, and how.
final class StartPage {
    private final VBox root = new VBox();

    StartPage(CommandBus bus, ObservableList<Path> recent, Consumer<Path> open) {
        root.setId("startPage");
        root.getStyleClass().add("start-page");
        Label title = new Label("Panscope");
        title.getStyleClass().add("start-title");
        Label what =
                text(
                        "See what the application, the kernel driver, the firmware and memory each"
                                + " believed at any instant of a Mali CSF trace.");
        Label files =
                text(
                        "Opens "
                                + readableFormats()
                                + ". The format is found from the content, not from the name.");
        files.getStyleClass().add("secondary");
        Button button = new Button("Open a File…");
        button.setId("startOpen");
        button.setDefaultButton(true);
        button.setOnAction(event -> bus.run(AppCommands.OPEN));
        Label hint =
                text(
                        "or drop a file anywhere on this window, or press "
                                + AppCommands.OPEN.keyText());
        hint.getStyleClass().add("secondary");
        VBox recents = new VBox();
        recents.setId("recentFiles");
        recents.getStyleClass().add("start-recent");
        Runnable fill = () -> fillRecents(recents, recent, open);
        recent.subscribe(fill);
        fill.run();
        root.getChildren().addAll(title, what, files, button, hint, recents);
    }

    Node root() {
        return root;
    }

    private static String readableFormats() {
        return Arrays.stream(InputFormat.values())
                .filter(InputFormat::isReadable)
                .map(InputFormat::label)
                .collect(Collectors.joining(", "));
    }

    private static Label text(String words) {
        Label label = new Label(words);
        label.setWrapText(true);
        label.setMaxWidth(560);
        return label;
    }

    private static void fillRecents(VBox box, ObservableList<Path> recent, Consumer<Path> open) {
        box.getChildren().clear();
        if (recent.isEmpty()) {
            return;
        }
        Label title = new Label("Recent files");
        title.getStyleClass().add("panel-title");
        box.getChildren().add(title);
        for (Path file : recent) {
            Hyperlink link = new Hyperlink(file.toString());
            link.setOnAction(event -> open.accept(file));
            box.getChildren().add(link);
        }
    }
}
