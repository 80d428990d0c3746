package org.panscope.app.shell;

import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.control.ToolBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.panscope.app.command.AppCommand;
import org.panscope.app.command.AppCommands;
import org.panscope.app.command.CommandBus;
import org.panscope.app.session.SessionModel;

/// Buttons for the commands used all the time, and the cursor.
final class ToolBarView {
    private final CommandBus bus;
    private final ToolBar bar;

    ToolBarView(CommandBus bus, SessionModel session) {
        this.bus = bus;
        Label cursor = new Label();
        cursor.setId("cursorLabel");
        cursor.setAccessibleText("Cursor");
        cursor.getStyleClass().add("cursor-label");
        cursor.setTooltip(new Tooltip("Cursor: time of the last event applied and how many were"));
        Runnable show = () -> cursor.setText(session.cursorText());
        session.openedProperty().subscribe(show);
        session.positionProperty().subscribe(show);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        bar =
                new ToolBar(
                        button("open", "icon-open", AppCommands.OPEN),
                        new Separator(),
                        button("goFirst", "icon-first", AppCommands.FIRST_EVENT),
                        button("previousOnTrack", "icon-lane-back", AppCommands.PREVIOUS_ON_TRACK),
                        button("stepBack", "icon-back", AppCommands.STEP_BACK),
                        button("stepForward", "icon-forward", AppCommands.STEP_FORWARD),
                        button("nextOnTrack", "icon-lane-forward", AppCommands.NEXT_ON_TRACK),
                        button("goLast", "icon-last", AppCommands.LAST_EVENT),
                        new Separator(),
                        cursor,
                        gap,
                        button("toggleTheme", "icon-theme", AppCommands.THEME),
                        button("help", "icon-help", AppCommands.HELP));
        bar.setId("toolBar");
    }

    Node root() {
        return bar;
    }

    private Button button(String id, String icon, AppCommand command) {
        Region shape = new Region();
        shape.getStyleClass().addAll("icon", icon);
        Button button = new Button(null, shape);
        button.setId(id);
        button.setFocusTraversable(false);
        button.setAccessibleText(command.title());
        String key = command.keyText();
        button.setTooltip(
                new Tooltip(key.isEmpty() ? command.title() : command.title() + "  (" + key + ")"));
        button.disableProperty().bind(Bindings.not(bus.enabled(command)));
        button.setOnAction(event -> bus.run(command));
        return button;
    }
}
