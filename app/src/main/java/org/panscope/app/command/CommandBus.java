package org.panscope.app.command;

import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;

import java.util.LinkedHashMap;
import java.util.Map;

/// Runs commands. Menu items, keys, the palette, buttons and tests all send them here; each part of
/// the window registers what it can do.
public final class CommandBus {
    private static final ObservableBooleanValue ALWAYS = new SimpleBooleanProperty(true);

    private final Map<AppCommand, Action> actions = new LinkedHashMap<>();

    private record Action(Runnable run, ObservableBooleanValue enabled) {}

    /// Registers what a command does, always possible.
    public void register(AppCommand command, Runnable run) {
        register(command, run, ALWAYS);
    }

    /// Registers what a command does and when it is possible.
    public void register(AppCommand command, Runnable run, ObservableBooleanValue enabled) {
        if (actions.put(command, new Action(run, enabled)) != null) {
            throw new IllegalStateException("command registered twice: id=" + command.id());
        }
    }

    /// Runs a command.
    ///
    /// @return false when it is not possible now
    public boolean run(AppCommand command) {
        Action action = action(command);
        if (!action.enabled().get()) {
            return false;
        }
        action.run().run();
        return true;
    }

    /// Whether a command is possible, for menus and buttons to follow.
    public ObservableBooleanValue enabled(AppCommand command) {
        return action(command).enabled();
    }

    private Action action(AppCommand command) {
        Action action = actions.get(command);
        if (action == null) {
            throw new IllegalStateException("nobody handles command id=" + command.id());
        }
        return action;
    }
}
