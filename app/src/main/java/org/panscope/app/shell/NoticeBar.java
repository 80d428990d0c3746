package org.panscope.app.shell;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// A line under the tool bar that says what the person should know but need not answer; there until
/// it is dismissed or outdated.
final class NoticeBar {
    /// Files named before the rest is only counted.
    private static final int NAMED = 3;

    private final HBox bar;
    private final Label message = new Label();

    NoticeBar() {
        message.setId("noticeMessage");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button dismiss = new Button("Dismiss");
        dismiss.setId("noticeDismiss");
        dismiss.setMinWidth(Region.USE_PREF_SIZE);
        dismiss.setFocusTraversable(false);
        dismiss.setOnAction(event -> show(""));
        bar = new HBox(message, gap, dismiss);
        bar.setId("noticeBar");
        bar.getStyleClass().add("notice-bar");
        bar.managedProperty().bind(bar.visibleProperty());
        show("");
    }

    Node root() {
        return bar;
    }

    /// Shows a sentence; the empty text takes the line away.
    void show(String text) {
        message.setText(text);
        bar.setVisible(!text.isEmpty());
    }

    /// What to say when several files were to be opened at once; empty when there was only one.
    static String textFor(Path opened, List<Path> others) {
        if (others.isEmpty()) {
            return "";
        }
        String names =
                others.stream().limit(NAMED).map(NoticeBar::name).collect(Collectors.joining(", "));
        int unnamed = others.size() - NAMED;
        return "A window shows one trace: this is "
                + name(opened)
                + ". Find "
                + names
                + (unnamed > 0 ? " and " + unnamed + " more" : "")
                + " under File > Open Recent.";
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
