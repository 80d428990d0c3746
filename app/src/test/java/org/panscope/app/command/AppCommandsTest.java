package org.panscope.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.input.KeyCombination;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

final class AppCommandsTest {
    @Test
    void idsAndKeysAreUniqueAndEveryKeyIsOne() {
        Set<String> ids = new HashSet<>();
        Set<KeyCombination> keys = new HashSet<>();
        for (AppCommand command : AppCommands.all()) {
            assertTrue(ids.add(command.id()), command.id());
            for (String key : command.keys()) {
                KeyCombination combination = KeyCombination.valueOf(key);
                assertNotNull(combination);
                assertTrue(keys.add(combination), key);
            }
        }
    }

    @Test
    void keysAreSpeltAsPeopleKnowThem() {
        assertEquals(".", AppCommands.NEXT_ON_TRACK.keyText());
        assertEquals("F1 or ?", AppCommands.HELP.allKeysText());
        assertEquals("Ctrl+F or /", AppCommands.FILTER.allKeysText());
    }

    @Test
    void aCommandRunsOnlyWhileItIsPossible() {
        CommandBus bus = new CommandBus();
        AtomicInteger runs = new AtomicInteger();
        SimpleBooleanProperty possible = new SimpleBooleanProperty(false);
        bus.register(AppCommands.CLOSE, runs::incrementAndGet, possible);
        assertFalse(bus.run(AppCommands.CLOSE));
        possible.set(true);
        assertTrue(bus.run(AppCommands.CLOSE));
        assertEquals(1, runs.get());
    }

    @Test
    void twoHandlersForACommandAreABug() {
        CommandBus bus = new CommandBus();
        bus.register(AppCommands.OPEN, () -> {});
        assertThrows(IllegalStateException.class, () -> bus.register(AppCommands.OPEN, () -> {}));
        assertThrows(IllegalStateException.class, () -> bus.run(AppCommands.QUIT));
    }
}
