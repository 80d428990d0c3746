package org.panscope.app.shell;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;

/// What the window remembers between starts: sizes, theme, recent files.
public interface WindowMemory {
    /// A value put earlier, or null.
    @Nullable String get(String key);

    void put(String key, String value);

    /// A memory that ends with the program.
    static WindowMemory forgetful() {
        Map<String, String> values = new TreeMap<>();
        return new WindowMemory() {
            @Override
            public @Nullable String get(String key) {
                return values.get(key);
            }

            @Override
            public void put(String key, String value) {
                values.put(key, value);
            }
        };
    }

    /// A number put earlier, or `fallback` when there is none that makes sense.
    default double number(String key, double fallback) {
        String text = get(key);
        if (text == null) {
            return fallback;
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? number : fallback;
        } catch (NumberFormatException e) {
            return fallback;
        }
    }
}
