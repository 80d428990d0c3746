package org.panscope.trace.schema;

import java.util.Locale;

/// Who an event happened to: the coarse colour of the timeline and the first filter of the list.
public enum Layer {
    USER,
    KERNEL,
    FIRMWARE,
    HARDWARE,
    SYNC,
    FENCE,
    MEMORY,
    MARK,
    /// The machine around the GPU in a capture: CPUs, interrupts, work items.
    HOST;

    /// Name in files and JSON.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The layer with this label.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Layer ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
