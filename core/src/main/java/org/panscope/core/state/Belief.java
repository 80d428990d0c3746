package org.panscope.core.state;

import java.util.Locale;

/// Whose picture of the world a value belongs to.
public enum Belief {
    /// What the process stored and what it last read.
    APPLICATION,
    /// What the driver's structures say.
    KERNEL,
    /// What firmware and hardware have seen, decided and published.
    FIRMWARE,
    /// What the bytes say.
    MEMORY;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
