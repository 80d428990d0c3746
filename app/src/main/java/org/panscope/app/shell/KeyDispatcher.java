package org.panscope.app.shell;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

import org.panscope.app.command.AppCommand;
import org.panscope.app.command.AppCommands;
import org.panscope.app.command.CommandBus;
import org.panscope.app.timeline.TimelineView;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Turns key strokes into commands, before any control sees them. Keys that a control needs for
/// itself are left to it: plain keys while text is typed, `Home` and `End` inside lists, keys for
/// its own rows and pointer inside the timeline.
final class KeyDispatcher {
    private final CommandBus bus;
    private final BooleanSupplier isSuspended;
    private final Map<KeyCombination, AppCommand> keys = new LinkedHashMap<>();

    /// @param isSuspended whether a dialog has the keyboard now
    KeyDispatcher(CommandBus bus, BooleanSupplier isSuspended) {
        this.bus = bus;
        this.isSuspended = isSuspended;
        for (AppCommand command : AppCommands.all()) {
            for (String key : command.keys()) {
                KeyCombination combination = combination(key);
                if (keys.put(combination, command) != null) {
                    throw new IllegalStateException("two commands share the key " + key);
                }
            }
        }
    }

    /// The table's spelling as a combination; `Ctrl` is the platform's own shortcut key.
    static KeyCombination combination(String key) {
        return KeyCombination.valueOf(key.replace("Ctrl+", "Shortcut+"));
    }

    void install(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    }

    private void keyPressed(KeyEvent event) {
        if (isSuspended.getAsBoolean()) {
            return;
        }
        for (Map.Entry<KeyCombination, AppCommand> entry : keys.entrySet()) {
            if (entry.getKey().match(event)) {
                if (!belongsToControl(event)) {
                    bus.run(entry.getValue());
                    event.consume();
                }
                return;
            }
        }
    }

    private static boolean belongsToControl(KeyEvent event) {
        boolean isPlain =
                !event.isControlDown()
                        && !event.isAltDown()
                        && !event.isMetaDown()
                        && !event.getCode().isFunctionKey();
        if (!isPlain || !(event.getTarget() instanceof Node node)) {
            return false;
        }
        if (node instanceof TextInputControl || node instanceof ComboBoxBase<?>) {
            return true;
        }
        if (node instanceof TimelineView timeline) {
            return belongsToTimeline(event.getCode(), timeline);
        }
        boolean isListKey = event.getCode() == KeyCode.HOME || event.getCode() == KeyCode.END;
        return isListKey && (node instanceof TableView<?> || node instanceof ListView<?>);
    }

    /// Keys of the pointer's place or of the chosen row are the timeline's own.
    private static boolean belongsToTimeline(KeyCode key, TimelineView timeline) {
        return switch (key) {
            case W, S, A, D, HOME -> true;
            case LEFT, RIGHT, COMMA, PERIOD -> timeline.model().selectedRow() >= 0;
            default -> false;
        };
    }
}
