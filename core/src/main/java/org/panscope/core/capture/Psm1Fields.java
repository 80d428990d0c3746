package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Event;

/// Values of a marker by key.
final class Psm1Fields {
    private Psm1Fields() {}

    /// A number that fits an index or handle, or null.
    static @Nullable Integer integer(Event event, String key) {
        Long value = number(event, key);
        return value == null || value < 0 || value > Integer.MAX_VALUE ? null : value.intValue();
    }

    /// A number, or null when the key is missing or holds none.
    static @Nullable Long number(Event event, String key) {
        return event.value(key) instanceof Long number ? number : null;
    }

    /// A text, or null when the key is missing or holds none.
    static @Nullable String text(Event event, String key) {
        return event.value(key) instanceof String text ? text : null;
    }
}
