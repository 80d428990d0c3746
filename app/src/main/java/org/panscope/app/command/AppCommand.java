package org.panscope.app.command;

import java.util.List;

/// One action of the window.
///
/// @param id stable name, such as `step.forward`
/// @param title what menus, palette and help say
/// @param menu the menu it stands in
/// @param keys key combinations in JavaFX's notation, the first is shown in the menu
public record AppCommand(String id, String title, MenuGroup menu, List<String> keys) {
    public AppCommand {
        keys = List.copyOf(keys);
    }

    /// The menus of the window, in order.
    public enum MenuGroup {
        FILE("File"),
        GO("Go"),
        VIEW("View"),
        HELP("Help");

        private final String title;

        MenuGroup(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /// The first key as people write it, or an empty text.
    public String keyText() {
        return keys.isEmpty() ? "" : spell(keys.getFirst());
    }

    /// Every key as people write it, joined by "or".
    public String allKeysText() {
        return String.join(" or ", keys.stream().map(AppCommand::spell).toList());
    }

    private static String spell(String key) {
        return key.replace("Period", ".")
                .replace("Comma", ",")
                .replace("Shift+Slash", "?")
                .replace("Slash", "/");
    }
}
